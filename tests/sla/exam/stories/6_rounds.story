# Rule 4: reopened and not satisfied; kinds of end.

== "a new run of `resolve` ... starts; earlier runs keep their results", moved to the next opening
scheme software
Fri 20 Nov 10:00 received A
Fri 20 Nov 16:00 resolved
Fri 20 Nov 18:30 reopened
Fri 20 Nov 19:00 now
-> resolve/1 met; stopped Fri 20 Nov 16:00; due Fri 20 Nov 22:00
-> resolve/2 running; begun Fri 20 Nov 18:30; started Mon 23 Nov 09:00; due Mon 23 Nov 21:00

== "of `resolve`" even when it is not down
scheme software
Fri 20 Nov 10:00 received A
Fri 20 Nov 16:00 resolved
Fri 20 Nov 17:00 not_satisfied up
Fri 20 Nov 17:30 now
-> resolve/2 running; started Fri 20 Nov 17:00; due Sat 21 Nov 05:00

== "and of `restore` if down": true unless said otherwise
scheme infrastructure
Fri 20 Nov 09:00 received 3
Fri 20 Nov 10:00 resolved
Fri 20 Nov 14:00 not_satisfied
Fri 20 Nov 15:00 now
-> restore/1 met; stopped Fri 20 Nov 10:00
-> restore/2 running; started Fri 20 Nov 14:00; due Sat 21 Nov 14:00
-> respond/1 missed_stopped; stopped Fri 20 Nov 10:00
-> no respond/2

== Not down: no new run of `restore`
scheme infrastructure
Fri 20 Nov 09:00 received 3
Fri 20 Nov 09:10 resolved
Fri 20 Nov 14:00 reopened up
Fri 20 Nov 15:00 now
-> no restore/2
-> fault_report/1 running; due Mon 23 Nov 18:00

== "true unless said otherwise on a fault": a question re-opened is not down
scheme infrastructure
case kind=question
Fri 20 Nov 09:00 received 3
Fri 20 Nov 09:10 resolved
Fri 20 Nov 14:00 reopened
Fri 20 Nov 15:00 now
-> no restore/2

== A question that says it is down
scheme infrastructure
case kind=question
Fri 20 Nov 09:00 received 3
Fri 20 Nov 09:10 resolved
Fri 20 Nov 14:00 reopened down
Fri 20 Nov 15:00 now
-> restore/2 running; due Sat 21 Nov 14:00

== "A missed target stays missed": the new round is another run
scheme infrastructure
Fri 20 Nov 09:00 received 1
Fri 20 Nov 09:10 responded
Fri 20 Nov 14:00 restored
Fri 20 Nov 15:00 reopened
Fri 20 Nov 16:00 restored
Fri 20 Nov 17:00 now
-> restore/1 missed_stopped; due Fri 20 Nov 13:00; stopped Fri 20 Nov 14:00; over 1h
-> restore/2 met; started Fri 20 Nov 15:00; due Fri 20 Nov 19:00; stopped Fri 20 Nov 16:00

== "`upgrade` is not re-opened"
scheme power
case cause=design_defect
Fri 20 Nov 09:00 received A
Fri 20 Nov 09:04 diagnosed
Fri 20 Nov 10:00 resolved
Fri 20 Nov 14:00 reopened
Fri 20 Nov 14:30 now
-> upgrade/1 met; stopped Fri 20 Nov 10:00
-> no upgrade/2 diagnose/2 respond/2
-> restore/2 running; level A; due Fri 20 Nov 15:00

== Three rounds, three results
scheme infrastructure
Fri 20 Nov 09:00 received 1
Fri 20 Nov 09:10 responded
Fri 20 Nov 10:00 restored
Fri 20 Nov 11:00 reopened
Fri 20 Nov 16:00 restored
Fri 20 Nov 17:00 reopened
Fri 20 Nov 18:00 restored
Fri 20 Nov 19:00 now
-> restore/1 met; elapsed 1h
-> restore/2 missed_stopped; due Fri 20 Nov 15:00; elapsed 5h
-> restore/3 met; elapsed 1h

== Re-opened after closing: the voided promise begins anew
scheme infrastructure
Fri 20 Nov 09:00 received 3
Fri 20 Nov 09:10 responded
Fri 20 Nov 10:00 closed
Fri 20 Nov 14:00 reopened
Fri 20 Nov 15:00 now
-> restore/1 void; due Sat 21 Nov 09:00; stopped Fri 20 Nov 10:00
-> restore/2 running; due Sat 21 Nov 14:00
-> no respond/2

== Re-opened after closing with a missed promise: it stays missed, a new run begins
scheme power
Fri 20 Nov 09:00 received A
Fri 20 Nov 09:01 diagnosed
Fri 20 Nov 11:00 closed
Fri 20 Nov 14:00 reopened
Fri 20 Nov 14:30 now
-> restore/1 missed; due Fri 20 Nov 10:00; stopped Fri 20 Nov 11:00; over 1h
-> restore/2 running; due Fri 20 Nov 15:00
-> next_due Fri 20 Nov 15:00

== A second report after the second restoration
scheme infrastructure
Thu 19 Nov 09:00 received 3
Thu 19 Nov 10:00 restored
Thu 19 Nov 12:00 report_sent
Fri 20 Nov 09:00 reopened
Fri 20 Nov 10:00 restored
Fri 20 Nov 11:00 now
-> fault_report/1 met; stopped Thu 19 Nov 12:00
-> fault_report/2 running; started Fri 20 Nov 10:00; due Mon 23 Nov 18:00

== The first report still owed: a start while it runs is ignored
scheme infrastructure
Thu 19 Nov 09:00 received 3
Thu 19 Nov 10:00 restored
Thu 19 Nov 12:00 reopened
Thu 19 Nov 13:00 restored
Thu 19 Nov 14:00 now
-> fault_report/1 running; started Thu 19 Nov 10:00; due Fri 20 Nov 18:00
-> no fault_report/2

== The second round may need a second spare: `spare_needed` two hours after that arrival
scheme teleconference
Wed 18 Nov 09:00 received 2
Wed 18 Nov 09:10 arrived
Wed 18 Nov 11:30 spare_dispatched
Wed 18 Nov 12:00 resolved
Wed 18 Nov 13:00 reopened
Wed 18 Nov 14:00 arrived
Wed 18 Nov 17:00 now
-> send_spare/1 met; started Wed 18 Nov 11:10; stopped Wed 18 Nov 11:30
-> spare_on_site/1 void; stopped Wed 18 Nov 12:00
-> send_spare/2 running; started Wed 18 Nov 16:00; due Thu 19 Nov 16:00
* Wed 18 Nov 11:10 spare_needed
* Wed 18 Nov 16:00 spare_needed

== A wait ends with the closing; the reopened round is not paused
scheme infrastructure
Fri 20 Nov 09:00 received 3
Fri 20 Nov 09:10 responded
Fri 20 Nov 10:00 waiting
Fri 20 Nov 11:00 closed
Fri 20 Nov 12:00 reopened
Fri 20 Nov 13:00 now
-> restore/2 running; due Sat 21 Nov 12:00; paused no

== general: satisfied and not satisfied start nothing
scheme general
Fri 20 Nov 09:00 received
Fri 20 Nov 09:10 resolved
Fri 20 Nov 10:00 not_satisfied
Fri 20 Nov 11:00 resolved
Fri 20 Nov 12:00 satisfied
Fri 20 Nov 13:00 now
-> respond/1 met; stopped Fri 20 Nov 09:10
-> no respond/2 arrive
-> next_due -

== A second visit in the second round
scheme infrastructure
Fri 20 Nov 09:00 received 3
Fri 20 Nov 09:10 remote_failed
Fri 20 Nov 10:00 arrived
Fri 20 Nov 11:00 restored
Fri 20 Nov 12:00 reopened
Fri 20 Nov 12:30 remote_failed
Fri 20 Nov 13:00 now
-> arrive/1 met; stopped Fri 20 Nov 10:00
-> arrive/2 running; started Fri 20 Nov 12:30; due Fri 20 Nov 16:30

== A visit voided by the restoration is owed again when remote support fails in the second round
scheme infrastructure
Fri 20 Nov 09:00 received 3
Fri 20 Nov 09:10 remote_failed
Fri 20 Nov 11:00 restored
Fri 20 Nov 12:00 reopened
Fri 20 Nov 12:30 remote_failed
Fri 20 Nov 13:00 now
-> arrive/1 void; stopped Fri 20 Nov 11:00
-> arrive/2 running; started Fri 20 Nov 12:30; due Fri 20 Nov 16:30
