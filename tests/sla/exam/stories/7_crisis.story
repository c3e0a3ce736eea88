# Crisis, contingency, spares: what the program does by itself.

== "a missed hour ends at its deadline (a later entry does not stop it) and the next begins there"
scheme infrastructure
Fri 20 Nov 09:00 received 1
Fri 20 Nov 09:10 responded
Fri 20 Nov 15:30 crisis_entry
Fri 20 Nov 15:40 now
-> crisis_record/1 missed; started Fri 20 Nov 13:00; due Fri 20 Nov 14:00; elapsed 1h; over 0s
-> crisis_record/2 missed; started Fri 20 Nov 14:00; due Fri 20 Nov 15:00
-> crisis_record/3 met; started Fri 20 Nov 15:00; due Fri 20 Nov 16:00; stopped Fri 20 Nov 15:30
-> crisis_record/4 running; started Fri 20 Nov 15:30; due Fri 20 Nov 16:30
-> next_due Fri 20 Nov 13:00
* Fri 20 Nov 11:00 loaner_requested
* Fri 20 Nov 12:00 clock_warned restore/1
* Fri 20 Nov 13:00 clock_missed restore/1
* Fri 20 Nov 13:00 crisis_opened
* Fri 20 Nov 13:45 clock_warned crisis_record/1
* Fri 20 Nov 14:00 clock_missed crisis_record/1
* Fri 20 Nov 14:45 clock_warned crisis_record/2
* Fri 20 Nov 15:00 clock_missed crisis_record/2

== An entry in time starts the next hour at the entry
scheme infrastructure
Fri 20 Nov 09:00 received 1
Fri 20 Nov 09:10 responded
Fri 20 Nov 13:30 crisis_entry
Fri 20 Nov 14:30 crisis_entry
Fri 20 Nov 14:40 now
-> crisis_record/1 met; stopped Fri 20 Nov 13:30
-> crisis_record/2 met; due Fri 20 Nov 14:30; stopped Fri 20 Nov 14:30
-> crisis_record/3 running; started Fri 20 Nov 14:30; due Fri 20 Nov 15:30

== "ends with `crisis_closed` (not with `restored`)"
scheme infrastructure
Fri 20 Nov 09:00 received 1
Fri 20 Nov 09:10 responded
Fri 20 Nov 13:10 restored
Fri 20 Nov 13:30 crisis_entry
Fri 20 Nov 14:00 crisis_closed
Fri 20 Nov 16:00 now
-> restore/1 missed_stopped; stopped Fri 20 Nov 13:10; over 10m
-> crisis_record/1 met; stopped Fri 20 Nov 13:30
-> crisis_record/2 void; due Fri 20 Nov 14:30; stopped Fri 20 Nov 14:00
-> no crisis_record/3
-> next_due Mon 23 Nov 18:00

== "`closed` ... make the running record void"
scheme infrastructure
Fri 20 Nov 09:00 received 1
Fri 20 Nov 09:10 responded
Fri 20 Nov 13:10 resolved
Fri 20 Nov 13:30 closed
Fri 20 Nov 16:00 now
-> crisis_record/1 void; due Fri 20 Nov 14:00; stopped Fri 20 Nov 13:30
-> no crisis_record/2

== "`cancelled` make the running record void"
scheme infrastructure
Fri 20 Nov 09:00 received 1
Fri 20 Nov 09:10 responded
Fri 20 Nov 13:30 cancelled
Fri 20 Nov 16:00 now
-> crisis_record/1 void; stopped Fri 20 Nov 13:30
-> no crisis_record/2
-> restore/1 missed; stopped Fri 20 Nov 13:30
-> next_due -

== "`crisis_opened` (a lead may too)", at level 2
scheme infrastructure
Fri 20 Nov 09:00 received 2
Fri 20 Nov 09:10 responded
Fri 20 Nov 09:30 crisis_opened
Fri 20 Nov 09:40 now
-> crisis_record/1 running; level 2; started Fri 20 Nov 09:30; due Fri 20 Nov 10:30
-> level 2

== "one open at a time": the lead's crisis goes on when restore is missed
scheme infrastructure
Fri 20 Nov 09:00 received 1
Fri 20 Nov 09:10 responded
Fri 20 Nov 12:30 crisis_opened
Fri 20 Nov 13:10 now
-> crisis_record/1 running; started Fri 20 Nov 12:30; due Fri 20 Nov 13:30
-> no crisis_record/2
* Fri 20 Nov 11:00 loaner_requested
* Fri 20 Nov 12:00 clock_warned restore/1
* Fri 20 Nov 13:00 clock_missed restore/1

== Closed by its lead, the crisis opens again when the second round is missed at level 1
scheme infrastructure
Fri 20 Nov 09:00 received 1
Fri 20 Nov 09:10 responded
Fri 20 Nov 13:10 restored
Fri 20 Nov 13:20 crisis_closed
Fri 20 Nov 14:00 reopened
Fri 20 Nov 18:10 now
-> restore/2 missed; due Fri 20 Nov 18:00
-> crisis_record/1 void; stopped Fri 20 Nov 13:20
-> crisis_record/2 running; started Fri 20 Nov 18:00; due Fri 20 Nov 19:00

== The crisis still open, the second miss at level 1 opens none
scheme infrastructure
Fri 20 Nov 09:00 received 1
Fri 20 Nov 09:10 responded
Fri 20 Nov 13:10 restored
Fri 20 Nov 14:00 reopened
Fri 20 Nov 17:30 crisis_entry
Fri 20 Nov 18:10 now
-> restore/2 missed; due Fri 20 Nov 18:00
-> crisis_record/5 met; started Fri 20 Nov 17:00; stopped Fri 20 Nov 17:30
-> crisis_record/6 running; started Fri 20 Nov 17:30; due Fri 20 Nov 18:30

== A crisis in a level without records has none, until the raise
scheme infrastructure
Fri 20 Nov 09:00 received 3
Fri 20 Nov 09:10 responded
Fri 20 Nov 10:00 crisis_opened
Fri 20 Nov 11:00 level_confirmed 2
Fri 20 Nov 11:10 now
-> crisis_record/1 running; level 2; started Fri 20 Nov 11:00; due Fri 20 Nov 12:00

== A crisis lowered to level 3 owes no record
scheme infrastructure
Fri 20 Nov 09:00 received 2
Fri 20 Nov 09:10 responded
Fri 20 Nov 10:00 crisis_opened
Fri 20 Nov 10:30 level_confirmed 3
Fri 20 Nov 12:10 now
-> crisis_record/1 replaced; level 2; due Fri 20 Nov 11:00; stopped Fri 20 Nov 10:30
-> no crisis_record/2

== "half of the counted time of a restore run used up ... -> `loaner_requested`, once a ticket"
scheme infrastructure
Fri 20 Nov 09:00 received 3
Fri 20 Nov 09:10 responded
Sat 21 Nov 12:00 now
-> restore/2 running; level 2
* Fri 20 Nov 21:00 loaner_requested
* Sat 21 Nov 03:00 clock_warned restore/1
* Sat 21 Nov 09:00 clock_missed restore/1
* Sat 21 Nov 09:00 level_raised 2
* Sat 21 Nov 12:00 clock_warned restore/2

== "no loaner of the model at the local depot": one is there
scheme infrastructure
case loaner=local
Fri 20 Nov 09:00 received 3
Fri 20 Nov 09:10 responded
Fri 20 Nov 10:00 visit_failed
Fri 20 Nov 22:00 now
* none

== Restored before half of the time
scheme infrastructure
Fri 20 Nov 09:00 received 3
Fri 20 Nov 09:10 responded
Fri 20 Nov 20:00 restored
Fri 20 Nov 22:00 now
* none

== Restored exactly at half of the time
scheme infrastructure
Fri 20 Nov 09:00 received 3
Fri 20 Nov 09:10 responded
Fri 20 Nov 21:00 restored
Fri 20 Nov 22:00 now
* none

== A person has asked for the loaner already
scheme infrastructure
Fri 20 Nov 09:00 received 3
Fri 20 Nov 09:10 responded
Fri 20 Nov 12:00 loaner_requested
Fri 20 Nov 22:00 now
* none

== "A `visit_failed` asks at once, likewise": then not again at half
scheme infrastructure
Fri 20 Nov 09:00 received 3
Fri 20 Nov 09:10 responded
Fri 20 Nov 10:00 visit_failed
Fri 20 Nov 11:00 visit_failed
Fri 20 Nov 22:00 now
* Fri 20 Nov 10:00 loaner_requested

== A visit that failed after the restoration asks for nothing
scheme infrastructure
Fri 20 Nov 09:00 received 3
Fri 20 Nov 09:10 restored
Fri 20 Nov 10:00 visit_failed
Fri 20 Nov 10:30 now
* none

== Half of the run that a raise started
scheme infrastructure
Fri 20 Nov 09:00 received 3
Fri 20 Nov 09:10 responded
Fri 20 Nov 10:00 level_confirmed 2
Fri 20 Nov 12:30 now
* Fri 20 Nov 12:00 loaner_requested

== Half of the "counted time": the wait does not use it up
scheme infrastructure
Fri 20 Nov 09:00 received 1
Fri 20 Nov 09:10 responded
Fri 20 Nov 10:00 waiting
Fri 20 Nov 15:00 resumed
Fri 20 Nov 16:30 now
* Fri 20 Nov 16:00 loaner_requested

== "spare_needed, or arrived + 2 h and not restored, whichever is first": a person was first
scheme teleconference
Wed 18 Nov 09:00 received 2
Wed 18 Nov 09:10 responded
Wed 18 Nov 10:00 arrived
Wed 18 Nov 11:00 spare_needed
Wed 18 Nov 13:00 now
-> send_spare/1 running; started Wed 18 Nov 11:00; due Thu 19 Nov 11:00
-> no send_spare/2
* none

== Restored within the two hours
scheme teleconference
Wed 18 Nov 09:00 received 2
Wed 18 Nov 09:10 responded
Wed 18 Nov 10:00 arrived
Wed 18 Nov 11:59 restored
Wed 18 Nov 13:00 now
-> no send_spare spare_on_site
* none

== Restored exactly after two hours
scheme teleconference
Wed 18 Nov 09:00 received 2
Wed 18 Nov 09:10 responded
Wed 18 Nov 10:00 arrived
Wed 18 Nov 12:00 restored
Wed 18 Nov 13:00 now
-> no send_spare spare_on_site
* none

== A visit that failed is no arrival: its two hours end with it
scheme teleconference
Wed 18 Nov 09:00 received 2
Wed 18 Nov 09:10 responded
Wed 18 Nov 10:00 arrived
Wed 18 Nov 11:00 visit_failed
Wed 18 Nov 13:00 now
-> no send_spare
* none

== Closed within the two hours: nobody needs a spare
scheme teleconference
Wed 18 Nov 09:00 received 2
Wed 18 Nov 09:10 responded
Wed 18 Nov 10:00 arrived
Wed 18 Nov 11:00 closed
Wed 18 Nov 13:00 now
-> no send_spare
* none

== Cancelled within the two hours
scheme teleconference
Wed 18 Nov 09:00 received 2
Wed 18 Nov 09:10 responded
Wed 18 Nov 10:00 arrived
Wed 18 Nov 11:00 cancelled
Wed 18 Nov 13:00 now
-> no send_spare
* none

== Resolved implies restored within the two hours
scheme teleconference
Wed 18 Nov 09:00 received 2
Wed 18 Nov 09:10 responded
Wed 18 Nov 10:00 arrived
Wed 18 Nov 11:00 resolved
Wed 18 Nov 13:00 now
* none

== A second arrival does not set the two hours back
scheme teleconference
Wed 18 Nov 09:00 received 2
Wed 18 Nov 09:10 responded
Wed 18 Nov 10:00 arrived
Wed 18 Nov 11:30 arrived
Wed 18 Nov 13:00 now
-> send_spare/1 running; started Wed 18 Nov 12:00
* Wed 18 Nov 12:00 spare_needed

== Events without effect on any clock: contingency_declared
scheme infrastructure
Fri 20 Nov 09:00 received 3
Fri 20 Nov 09:10 responded
Fri 20 Nov 10:00 contingency_declared
Fri 20 Nov 11:00 now
-> next_due Sat 21 Nov 09:00
* none
