# Rules 1, 2 and 4: starts, stops, what implies what, what ends what.

== "A stop exactly at the due time is in time."
scheme infrastructure
Fri 20 Nov 17:50 received 3
Fri 20 Nov 18:20 responded
Fri 20 Nov 18:30 now
-> respond/1 met; due Fri 20 Nov 18:20; stopped Fri 20 Nov 18:20; elapsed 30m; over 0s; remaining 0s
* Fri 20 Nov 18:12:30 clock_warned respond/1

== A second after the due time is too late.
scheme infrastructure
Fri 20 Nov 17:50 received 3
Fri 20 Nov 18:20:01 responded
Fri 20 Nov 18:30 now
-> respond/1 missed_stopped; due Fri 20 Nov 18:20; stopped Fri 20 Nov 18:20:01; elapsed 30m1s; over 1s; remaining 0s
* Fri 20 Nov 18:12:30 clock_warned respond/1
* Fri 20 Nov 18:20 clock_missed respond/1
explain respond/1
| counted Fri 20 Nov 17:50 - Fri 20 Nov 18:20
| over Fri 20 Nov 18:20 - Fri 20 Nov 18:20:01

== A stop in the same instant as the start meets with zero length.
scheme infrastructure
Fri 20 Nov 17:50 received 3
Fri 20 Nov 17:50 responded
Fri 20 Nov 18:30 now
-> respond/1 met; started Fri 20 Nov 17:50; stopped Fri 20 Nov 17:50; elapsed 0s
* none

== Read exactly at the due time: nobody has stopped it
scheme infrastructure
Fri 20 Nov 17:50 received 3
Fri 20 Nov 18:20 now
-> respond/1 missed; due Fri 20 Nov 18:20; stopped -; over 0s; remaining 0s
-> next_due Fri 20 Nov 18:20

== "Stop before start meets the target at once, with zero length (`stopped_at` = the start)"
scheme infrastructure
Fri 20 Nov 09:00 received 3
Fri 20 Nov 09:30 arrived
Fri 20 Nov 10:00 remote_failed
Fri 20 Nov 11:00 now
-> arrive/1 met; started Fri 20 Nov 10:00; due Fri 20 Nov 14:00; stopped Fri 20 Nov 10:00; elapsed 0s

== "`visit_failed` undoes `arrived`"
scheme infrastructure
Fri 20 Nov 09:00 received 3
Fri 20 Nov 09:30 arrived
Fri 20 Nov 09:45 visit_failed
Fri 20 Nov 10:00 remote_failed
Fri 20 Nov 11:00 now
-> arrive/1 running; started Fri 20 Nov 10:00; due Fri 20 Nov 14:00; stopped -
* Fri 20 Nov 09:22:30 clock_warned respond/1
* Fri 20 Nov 09:45 loaner_requested

== A spare dispatched before it was needed meets both spare targets at their start
scheme teleconference
Wed 18 Nov 09:00 received 2
Wed 18 Nov 09:10 spare_dispatched
Wed 18 Nov 09:50 spare_delivered
Wed 18 Nov 10:00 spare_needed
Wed 18 Nov 11:00 now
-> send_spare/1 met; stopped Wed 18 Nov 10:00; due Thu 19 Nov 10:00
-> spare_on_site/1 met; stopped Wed 18 Nov 10:00; due Fri 20 Nov 18:00

== "`reopened` ... undo `restored` and `resolved`": a stop before the new round does not meet it
scheme infrastructure
Fri 20 Nov 09:00 received 3
Fri 20 Nov 10:00 restored
Fri 20 Nov 14:00 reopened
Fri 20 Nov 15:00 now
-> restore/1 met; stopped Fri 20 Nov 10:00; due Sat 21 Nov 09:00
-> restore/2 running; level 3; started Fri 20 Nov 14:00; due Sat 21 Nov 14:00; stopped -

== "A stop that has ended a run is used up and never meets a later run."
scheme infrastructure
Fri 20 Nov 09:00 received 3
Fri 20 Nov 10:00 remote_failed
Fri 20 Nov 11:00 arrived
Fri 20 Nov 12:00 remote_failed
Fri 20 Nov 13:00 now
-> arrive/1 met; stopped Fri 20 Nov 11:00
-> arrive/2 running; started Fri 20 Nov 12:00; due Fri 20 Nov 16:00

== A stop before the start is used up by the run it met
scheme infrastructure
Fri 20 Nov 09:00 received 3
Fri 20 Nov 09:30 arrived
Fri 20 Nov 10:00 remote_failed
Fri 20 Nov 12:00 remote_failed
Fri 20 Nov 13:00 now
-> arrive/1 met; stopped Fri 20 Nov 10:00
-> arrive/2 running; started Fri 20 Nov 12:00; due Fri 20 Nov 16:00

== A stop that ended a missed run is used up as well
scheme infrastructure
Fri 20 Nov 09:00 received 3
Fri 20 Nov 09:30 remote_failed
Fri 20 Nov 14:00 arrived
Fri 20 Nov 15:00 remote_failed
Fri 20 Nov 15:30 now
-> arrive/1 missed_stopped; due Fri 20 Nov 13:30; stopped Fri 20 Nov 14:00; over 30m
-> arrive/2 running; due Fri 20 Nov 19:00

== "A stop between the start event and the moved start has `stopped_at` = the moved start."
scheme hardware
Fri 20 Nov 18:30 received C
Fri 20 Nov 19:00 responded
Mon 23 Nov 12:00 now
-> respond/1 met; begun Fri 20 Nov 18:30; started Mon 23 Nov 09:00; due Mon 23 Nov 09:05; stopped Mon 23 Nov 09:00; elapsed 0s; over 0s

== The same, read before the moved start
scheme hardware
Fri 20 Nov 18:30 received C
Fri 20 Nov 19:00 diagnosed
Fri 20 Nov 20:00 now
-> respond/1 met; started Mon 23 Nov 09:00; due Mon 23 Nov 09:05; stopped Mon 23 Nov 09:00; elapsed 0s
-> reply/1 met; started Mon 23 Nov 09:00; due Mon 23 Nov 11:00; stopped Mon 23 Nov 09:00
-> next_due -

== "A start event while the target runs ... is ignored"
scheme infrastructure
Fri 20 Nov 09:00 received 3
Fri 20 Nov 10:00 remote_failed
Fri 20 Nov 11:00 remote_failed
Fri 20 Nov 11:30 now
-> arrive/1 running; started Fri 20 Nov 10:00; due Fri 20 Nov 14:00
-> no arrive/2

== "... or while its last run is missed and unstopped, is ignored"
scheme infrastructure
Fri 20 Nov 09:00 received 3
Fri 20 Nov 10:00 remote_failed
Fri 20 Nov 15:00 remote_failed
Fri 20 Nov 16:00 arrived
Fri 20 Nov 16:30 now
-> arrive/1 missed_stopped; due Fri 20 Nov 14:00; stopped Fri 20 Nov 16:00; over 2h; elapsed 6h
-> no arrive/2

== "after the run has ended it opens the next run": spares
scheme infrastructure
Fri 20 Nov 09:00 received 3
Fri 20 Nov 10:00 spare_needed
Fri 20 Nov 11:00 spare_delivered
Fri 20 Nov 12:00 spare_needed
Fri 20 Nov 12:30 now
-> replace_part/1 met; stopped Fri 20 Nov 11:00
-> replace_part/2 running; started Fri 20 Nov 12:00; due Sun 22 Nov 12:00

== "`restored` ... imply `responded`"
scheme infrastructure
Fri 20 Nov 09:00 received 3
Fri 20 Nov 09:10 restored
Fri 20 Nov 09:40 now
-> respond/1 met; stopped Fri 20 Nov 09:10
-> restore/1 met; stopped Fri 20 Nov 09:10

== "`resolved` implies `restored`" and an implied event also starts targets
scheme infrastructure
Fri 20 Nov 09:00 received 3
Fri 20 Nov 09:10 resolved
Fri 20 Nov 09:40 now
-> respond/1 met; stopped Fri 20 Nov 09:10
-> restore/1 met; stopped Fri 20 Nov 09:10
-> fault_report/1 running; started Fri 20 Nov 09:10; due Mon 23 Nov 18:00

== Restored, then resolved: one fault report
scheme infrastructure
Fri 20 Nov 09:00 received 3
Fri 20 Nov 09:10 restored
Fri 20 Nov 09:20 report_sent
Fri 20 Nov 10:20 resolved
Fri 20 Nov 10:40 now
-> fault_report/1 met; started Fri 20 Nov 09:10; stopped Fri 20 Nov 09:20
-> no fault_report/2

== "`diagnosed` ... imply `responded`"
scheme power
Fri 20 Nov 09:00 received A
Fri 20 Nov 09:04 diagnosed
Fri 20 Nov 09:40 now
-> respond/1 met; stopped Fri 20 Nov 09:04
-> diagnose/1 met; stopped Fri 20 Nov 09:04

== "`remote_started` ... imply `responded`"
scheme general
Fri 20 Nov 09:00 received urgent
Fri 20 Nov 09:30 remote_started
Fri 20 Nov 09:40 now
-> respond/1 met; stopped Fri 20 Nov 09:30

== "`arrived` imply `responded`"
scheme general
Fri 20 Nov 09:00 received urgent
Fri 20 Nov 11:30 arrived
Fri 20 Nov 11:40 now
-> respond/1 missed_stopped; due Fri 20 Nov 11:00; stopped Fri 20 Nov 11:30

== Nothing else implies `responded`
scheme general
Fri 20 Nov 09:00 received urgent
Fri 20 Nov 09:10 remote_requested
Fri 20 Nov 09:11 remote_granted
Fri 20 Nov 09:20 departed
Fri 20 Nov 09:25 remote_failed
Fri 20 Nov 09:30 waiting
Fri 20 Nov 09:40 now
-> respond/1 running; due Fri 20 Nov 11:00; paused no

== "`restored` makes running `arrive` ... void"
scheme infrastructure
Fri 20 Nov 09:00 received 3
Fri 20 Nov 10:00 remote_failed
Fri 20 Nov 11:00 restored
Fri 20 Nov 12:00 now
-> arrive/1 void; due Fri 20 Nov 14:00; stopped Fri 20 Nov 11:00; elapsed 1h; over 0s
explain arrive/1
| counted Fri 20 Nov 10:00 - Fri 20 Nov 14:00

== "`restored` makes running ... `start_remote` void", and `resolved` implies it
scheme software
Fri 20 Nov 09:00 received C
Fri 20 Nov 11:00 resolved
Fri 20 Nov 12:00 now
-> start_remote/1 void; due Fri 20 Nov 21:00; stopped Fri 20 Nov 11:00
-> arrive/1 void; due Sat 21 Nov 09:00; stopped Fri 20 Nov 11:00

== A missed visit stays owed after the restoration (only running ones are void)
scheme infrastructure
Fri 20 Nov 09:00 received 3
Fri 20 Nov 10:00 remote_failed
Fri 20 Nov 15:00 restored
Fri 20 Nov 16:00 now
-> arrive/1 missed; due Fri 20 Nov 14:00; stopped -; over 2h
-> next_due Fri 20 Nov 14:00

== "spare targets go on (a loaner may have restored) until `resolved`"
scheme teleconference
Wed 18 Nov 09:00 received 2
Wed 18 Nov 10:00 spare_needed
Wed 18 Nov 11:00 loaner_installed
Wed 18 Nov 11:00 restored
Wed 18 Nov 12:00 now
-> send_spare/1 running; due Thu 19 Nov 10:00; stopped -
-> spare_on_site/1 running; due Fri 20 Nov 18:00; stopped -

== spare targets end with `resolved`
scheme teleconference
Wed 18 Nov 09:00 received 2
Wed 18 Nov 10:00 spare_needed
Wed 18 Nov 11:00 restored
Wed 18 Nov 12:00 resolved
Wed 18 Nov 13:00 now
-> send_spare/1 void; due Thu 19 Nov 10:00; stopped Wed 18 Nov 12:00
-> spare_on_site/1 void; due Fri 20 Nov 18:00; stopped Wed 18 Nov 12:00
-> next_due -

== The spare of scheme 2 goes on until `resolved`
scheme infrastructure
Wed 18 Nov 09:00 received 2
Wed 18 Nov 10:00 spare_needed
Wed 18 Nov 11:00 restored
Wed 18 Nov 12:00 now
-> replace_part/1 running; due Fri 20 Nov 10:00
-> restore/1 met; stopped Wed 18 Nov 11:00

== "`closed` makes all that is left void except `fault_report`"
scheme infrastructure
Fri 20 Nov 09:00 received 3
Fri 20 Nov 10:00 spare_needed
Fri 20 Nov 11:00 restored
Fri 20 Nov 12:00 closed
Fri 20 Nov 13:00 now
-> replace_part/1 void; due Sun 22 Nov 10:00; stopped Fri 20 Nov 12:00
-> fault_report/1 running; due Mon 23 Nov 18:00; stopped -
-> next_due Mon 23 Nov 18:00

== The fault report of a closed ticket is met by `report_sent`
scheme infrastructure
Fri 20 Nov 09:00 received 3
Fri 20 Nov 11:00 restored
Fri 20 Nov 12:00 closed
Mon 23 Nov 18:00 report_sent
Mon 23 Nov 19:00 now
-> fault_report/1 met; due Mon 23 Nov 18:00; stopped Mon 23 Nov 18:00
-> next_due -

== The fault report of a closed ticket can be missed
scheme infrastructure
Fri 20 Nov 09:00 received 3
Fri 20 Nov 11:00 restored
Fri 20 Nov 12:00 closed
Mon 23 Nov 18:30 now
-> fault_report/1 missed; due Mon 23 Nov 18:00; stopped -; over 30m
-> next_due Mon 23 Nov 18:00
* Fri 20 Nov 09:22:30 clock_warned respond/1
* Fri 20 Nov 09:30 clock_missed respond/1
* Mon 23 Nov 09:00 clock_warned fault_report/1
* Mon 23 Nov 18:00 clock_missed fault_report/1

== Closed at once: everything void, nothing falls due any more
scheme infrastructure
Fri 20 Nov 09:00 received 3
Fri 20 Nov 09:10 closed
Mon 23 Nov 18:30 now
-> respond/1 void; due Fri 20 Nov 09:30; stopped Fri 20 Nov 09:10; elapsed 10m
-> restore/1 void; due Sat 21 Nov 09:00; stopped Fri 20 Nov 09:10
-> level 3
-> next_due -
-> no fault_report
* none

== "`cancelled` ... makes everything void", the fault report too
scheme infrastructure
Fri 20 Nov 09:00 received 3
Fri 20 Nov 11:00 restored
Fri 20 Nov 12:00 cancelled
Mon 23 Nov 18:30 now
-> fault_report/1 void; due Mon 23 Nov 18:00; stopped Fri 20 Nov 12:00
-> restore/1 met; stopped Fri 20 Nov 11:00
-> next_due -

== "missed and unstopped when the ticket is closed ... stays `missed`, gets that moment as `stopped_at`, and leaves `next_due_at`"
scheme general
Fri 20 Nov 09:00 received urgent
Fri 20 Nov 12:00 closed
Fri 20 Nov 15:00 now
-> respond/1 missed; due Fri 20 Nov 11:00; stopped Fri 20 Nov 12:00; over 1h; elapsed 3h
-> next_due -
explain respond/1
| counted Fri 20 Nov 09:00 - Fri 20 Nov 11:00
| over Fri 20 Nov 11:00 - Fri 20 Nov 12:00

== The same when it is cancelled
scheme infrastructure
Fri 20 Nov 09:00 received 1
Fri 20 Nov 09:20 cancelled
Fri 20 Nov 15:00 now
-> respond/1 missed; due Fri 20 Nov 09:15; stopped Fri 20 Nov 09:20; over 5m
-> restore/1 void; due Fri 20 Nov 13:00; stopped Fri 20 Nov 09:20
-> no crisis_record
-> next_due -
* Fri 20 Nov 09:11:15 clock_warned respond/1
* Fri 20 Nov 09:15 clock_missed respond/1

== "A missed target stays missed whatever comes later."
scheme infrastructure
Fri 20 Nov 09:00 received 4
Sat 21 Nov 10:00 restored
Sat 21 Nov 11:00 resolved
Sat 21 Nov 12:00 satisfied
Sat 21 Nov 13:00 closed
Sat 21 Nov 14:00 now
-> level 3
-> respond/1 missed_stopped; due Fri 20 Nov 09:30; stopped Sat 21 Nov 10:00
-> restore/1 missed; level 4; due Sat 21 Nov 09:00; stopped -; elapsed 24h
-> restore/2 met; level 3; started Sat 21 Nov 09:00; due Sun 22 Nov 09:00; stopped Sat 21 Nov 10:00

== Two stops in one instant: the arrival that also restores meets both
scheme infrastructure
Fri 20 Nov 09:00 received 3
Fri 20 Nov 10:00 remote_failed
Fri 20 Nov 11:00 arrived
Fri 20 Nov 11:00 restored
Fri 20 Nov 12:00 now
-> arrive/1 met; stopped Fri 20 Nov 11:00
-> restore/1 met; stopped Fri 20 Nov 11:00

== An event that no target waits for starts nothing: "next-due ignores targets whose start event has not happened"
scheme infrastructure
Fri 20 Nov 09:00 received 3
Fri 20 Nov 09:10 responded
Fri 20 Nov 09:20 departed
Fri 20 Nov 10:00 now
-> no arrive replace_part fault_report crisis_record
-> next_due Sat 21 Nov 09:00

== upgrade survives `restored` and ends with `resolved`
scheme power
case cause=design_defect
Fri 20 Nov 09:00 received C
Fri 20 Nov 10:00 restored
Tue 1 Dec 10:00 now
-> upgrade/1 running; due Sun 20 Dec 09:00

== upgrade is void when the ticket is closed without a resolution
scheme power
case cause=design_defect
Fri 20 Nov 09:00 received C
Fri 20 Nov 10:00 closed
Tue 1 Dec 10:00 now
-> upgrade/1 void; due Sun 20 Dec 09:00; stopped Fri 20 Nov 10:00
