# Rule 3.

== "`waiting` pauses every target except `respond`": a paused clock keeps what is left and has no due time
scheme infrastructure
Fri 20 Nov 10:00 received 3
Fri 20 Nov 10:10 spare_needed
Fri 20 Nov 10:10 remote_failed
Fri 20 Nov 10:20 waiting
Mon 23 Nov 10:00 now
-> respond/1 missed; due Fri 20 Nov 10:30; paused no
-> restore/1 paused; due -; stopped -; elapsed 20m; remaining 23h40m; over 0s; paused yes
-> arrive/1 paused; due -; remaining 3h50m
-> replace_part/1 paused; due -; remaining 47h50m
-> level 3
-> next_due Fri 20 Nov 10:30
* Fri 20 Nov 10:22:30 clock_warned respond/1
* Fri 20 Nov 10:30 clock_missed respond/1
explain restore/1
| counted Fri 20 Nov 10:00 - Fri 20 Nov 10:20
| paused Fri 20 Nov 10:20 - Mon 23 Nov 10:00

== "it ends with `resumed`": the deadline moves by the pause
scheme infrastructure
Fri 20 Nov 10:00 received 3
Fri 20 Nov 10:10 responded
Fri 20 Nov 12:00 waiting
Fri 20 Nov 14:00 resumed
Fri 20 Nov 15:00 now
-> restore/1 running; due Sat 21 Nov 12:00; elapsed 3h; remaining 21h; paused no
explain restore/1
| counted Fri 20 Nov 10:00 - Fri 20 Nov 12:00
| paused Fri 20 Nov 12:00 - Fri 20 Nov 14:00
| counted Fri 20 Nov 14:00 - Sat 21 Nov 12:00

== Two pauses within a minute are summed to the second
scheme infrastructure
Fri 20 Nov 10:00 received 3
Fri 20 Nov 10:00:05 waiting
Fri 20 Nov 10:00:50 resumed
Fri 20 Nov 10:00:55 waiting
Fri 20 Nov 10:20:00 resumed
Fri 20 Nov 11:00 now
-> restore/1 running; due Sat 21 Nov 10:19:50; elapsed 40m10s

== "it ends with ... `restored`"; "A clock ended in a pause keeps the due time with the pause up to then."
scheme infrastructure
Fri 20 Nov 10:00 received 3
Fri 20 Nov 10:10 responded
Fri 20 Nov 12:00 waiting
Fri 20 Nov 14:00 restored
Fri 20 Nov 15:00 now
-> restore/1 met; due Sat 21 Nov 12:00; stopped Fri 20 Nov 14:00; elapsed 2h; paused no
-> fault_report/1 running; due Mon 23 Nov 18:00

== "it ends with ... `resolved`": what still runs goes on
scheme infrastructure
Fri 20 Nov 10:00 received 3
Fri 20 Nov 10:10 responded
Fri 20 Nov 11:00 restored
Fri 20 Nov 11:30 spare_needed
Fri 20 Nov 12:00 waiting
Fri 20 Nov 14:00 resolved
Fri 20 Nov 15:00 now
-> replace_part/1 void; due Sun 22 Nov 13:30; stopped Fri 20 Nov 14:00

== "it ends with ... `restored`": the spare goes on with the restoration
scheme infrastructure
Fri 20 Nov 10:00 received 3
Fri 20 Nov 11:00 spare_needed
Fri 20 Nov 12:00 waiting
Fri 20 Nov 14:00 restored
Fri 20 Nov 15:00 now
-> replace_part/1 running; due Sun 22 Nov 13:00; paused no; elapsed 2h

== "it ends with ... `closed`"
scheme infrastructure
Fri 20 Nov 10:00 received 3
Fri 20 Nov 10:10 responded
Fri 20 Nov 11:00 remote_failed
Fri 20 Nov 12:00 waiting
Fri 20 Nov 14:00 closed
Fri 20 Nov 18:00 now
-> arrive/1 void; due Fri 20 Nov 17:00; stopped Fri 20 Nov 14:00; elapsed 1h
-> restore/1 void; due Sat 21 Nov 12:00; stopped Fri 20 Nov 14:00

== "it ends with ... `cancelled`"
scheme infrastructure
Fri 20 Nov 10:00 received 3
Fri 20 Nov 10:10 responded
Fri 20 Nov 12:00 waiting
Fri 20 Nov 14:00 cancelled
Fri 20 Nov 18:00 now
-> restore/1 void; due Sat 21 Nov 12:00; stopped Fri 20 Nov 14:00; elapsed 2h; paused no

== "A target that starts in a pause has its start at the event and counts from the resumption."
scheme infrastructure
Fri 20 Nov 10:00 received 3
Fri 20 Nov 11:00 waiting
Fri 20 Nov 12:00 remote_failed
Fri 20 Nov 13:00 resumed
Fri 20 Nov 13:30 now
-> arrive/1 running; begun Fri 20 Nov 12:00; started Fri 20 Nov 12:00; due Fri 20 Nov 17:00; elapsed 30m
explain arrive/1
| paused Fri 20 Nov 12:00 - Fri 20 Nov 13:00
| counted Fri 20 Nov 13:00 - Fri 20 Nov 17:00

== A target that starts in a pause, still in the pause
scheme infrastructure
Fri 20 Nov 10:00 received 3
Fri 20 Nov 11:00 waiting
Fri 20 Nov 12:00 remote_failed
Fri 20 Nov 12:30 now
-> arrive/1 paused; started Fri 20 Nov 12:00; due -; elapsed 0s; remaining 4h; paused yes
explain arrive/1
| paused Fri 20 Nov 12:00 - Fri 20 Nov 12:30

== A stop in the pause: a target that started in the pause is met with nothing counted
scheme infrastructure
Fri 20 Nov 10:00 received 3
Fri 20 Nov 11:00 waiting
Fri 20 Nov 12:00 remote_failed
Fri 20 Nov 12:30 arrived
Fri 20 Nov 13:00 now
-> arrive/1 met; stopped Fri 20 Nov 12:30; due Fri 20 Nov 16:30; elapsed 0s

== Waiting in the very instant of the report
scheme infrastructure
Fri 20 Nov 10:00 received 3
Fri 20 Nov 10:00 waiting
Fri 20 Nov 12:00 resumed
Fri 20 Nov 12:30 now
-> restore/1 running; started Fri 20 Nov 10:00; due Sat 21 Nov 12:00; elapsed 30m
-> respond/1 missed; due Fri 20 Nov 10:30

== "The two hours of scheme 3 are not paused."
scheme teleconference
Wed 18 Nov 09:30 received 2
Wed 18 Nov 10:00 arrived
Wed 18 Nov 11:00 waiting
Wed 18 Nov 15:00 resumed
Wed 18 Nov 16:00 now
-> send_spare/1 running; started Wed 18 Nov 12:00; due Thu 19 Nov 15:00; elapsed 1h
-> spare_on_site/1 running; started Wed 18 Nov 12:00; due Fri 20 Nov 18:00
* Wed 18 Nov 12:00 spare_needed

== "`crisis_record` ... not paused", nor is `fault_report`
scheme infrastructure
Fri 20 Nov 10:00 received 2
Fri 20 Nov 10:05 responded
Fri 20 Nov 10:30 crisis_opened
Fri 20 Nov 10:40 restored
Fri 20 Nov 10:50 waiting
Fri 20 Nov 11:00 now
-> crisis_record/1 running; due Fri 20 Nov 11:30; paused no
-> fault_report/1 running; due Mon 23 Nov 18:00; paused no

== "days that were paused whole do not count": one whole day and two halves
scheme teleconference
Wed 18 Nov 09:00 received 2
Wed 18 Nov 10:00 spare_needed
Wed 18 Nov 12:00 waiting
Fri 20 Nov 12:00 resumed
Fri 20 Nov 13:00 now
-> spare_on_site/1 running; due Mon 23 Nov 18:00; warn Mon 23 Nov 09:00
explain spare_on_site/1
| closed Wed 18 Nov 10:00 - Thu 19 Nov 00:00
| paused Thu 19 Nov 00:00 - Fri 20 Nov 00:00
| counted #1 Fri 20 Nov 00:00 - Sat 21 Nov 00:00
| closed Sat 21 Nov 00:00 - Sun 22 Nov 00:00
| closed Sun 22 Nov 00:00 - Mon 23 Nov 00:00
| counted #2 Mon 23 Nov 00:00 - Mon 23 Nov 18:00

== A pause over a weekend adds nothing to a promise in working days
scheme teleconference
Thu 19 Nov 09:00 received 2
Thu 19 Nov 10:00 spare_needed
Fri 20 Nov 17:00 waiting
Mon 23 Nov 08:00 resumed
Mon 23 Nov 09:00 now
-> spare_on_site/1 running; due Mon 23 Nov 18:00

== A pause of hours within a day adds nothing to a promise in working days
scheme teleconference
Wed 18 Nov 09:00 received 2
Wed 18 Nov 10:00 spare_needed
Thu 19 Nov 09:00 waiting
Thu 19 Nov 17:00 resumed
Thu 19 Nov 17:30 now
-> spare_on_site/1 running; due Fri 20 Nov 18:00
-> send_spare/1 running; due Thu 19 Nov 18:00

== Working-day promises while paused have no due time
scheme teleconference
Wed 18 Nov 09:00 received 2
Wed 18 Nov 10:00 spare_needed
Wed 18 Nov 12:00 waiting
Thu 19 Nov 12:00 now
-> spare_on_site/1 paused; due -

== "`agreed_at` is not moved by a pause"
scheme telecom
case kind=change
Fri 20 Nov 10:00 received
Mon 23 Nov 10:00 change_answered
Tue 24 Nov 10:00 change_confirmed for Fri 4 Dec 18:00
Wed 25 Nov 10:00 waiting
Fri 27 Nov 10:00 resumed
Fri 27 Nov 11:00 now
-> change_delivery/1 running; due Fri 4 Dec 18:00; paused no

== change_reply is paused
scheme telecom
case kind=change
Fri 20 Nov 10:00 received
Fri 20 Nov 12:00 waiting
Mon 23 Nov 12:00 resumed
Mon 23 Nov 13:00 now
-> change_reply/1 running; due Mon 30 Nov 10:00

== "pauses after the due time do not count as over"
scheme infrastructure
Fri 20 Nov 09:00 received 3
Fri 20 Nov 09:10 remote_failed
Fri 20 Nov 14:10 waiting
Fri 20 Nov 17:10 now
-> arrive/1 missed; due Fri 20 Nov 13:10; stopped -; over 1h; elapsed 5h; paused yes
-> next_due Fri 20 Nov 09:30

== After the pause it is over again
scheme infrastructure
Fri 20 Nov 09:00 received 3
Fri 20 Nov 09:10 remote_failed
Fri 20 Nov 14:10 waiting
Fri 20 Nov 17:10 resumed
Fri 20 Nov 17:40 arrived
Fri 20 Nov 18:00 now
-> arrive/1 missed_stopped; due Fri 20 Nov 13:10; stopped Fri 20 Nov 17:40; over 1h30m

== Business hours: a pause outside them adds nothing, a pause within them adds its working time
scheme hardware
Thu 19 Nov 17:00 received C
Thu 19 Nov 17:30 waiting
Fri 20 Nov 09:30 resumed
Fri 20 Nov 09:40 now
-> reply/1 running; due Fri 20 Nov 11:00; elapsed 40m
explain reply/1
| counted Thu 19 Nov 17:00 - Thu 19 Nov 17:30
| paused Thu 19 Nov 17:30 - Fri 20 Nov 09:30
| counted Fri 20 Nov 09:30 - Fri 20 Nov 11:00

== Business hours: a pause over the Spring Festival adds nothing
scheme hardware
Sat 14 Feb 17:00 received C
Sat 14 Feb 18:00 waiting
Tue 24 Feb 09:00 resumed
Tue 24 Feb 09:30 now
-> reply/1 running; due Tue 24 Feb 10:00

== A pause that begins before the moved start
scheme software
Fri 20 Nov 18:30 received A
Fri 20 Nov 19:00 waiting
Mon 23 Nov 11:00 resumed
Mon 23 Nov 12:00 now
-> resolve/1 running; started Mon 23 Nov 09:00; due Mon 23 Nov 23:00
explain resolve/1
| closed Fri 20 Nov 18:30 - Fri 20 Nov 19:00
| paused Fri 20 Nov 19:00 - Mon 23 Nov 11:00
| counted Mon 23 Nov 11:00 - Mon 23 Nov 23:00

== A pause that ends before the moved start adds nothing
scheme software
Fri 20 Nov 18:30 received A
Fri 20 Nov 19:00 waiting
Sun 22 Nov 11:00 resumed
Mon 23 Nov 12:00 now
-> resolve/1 running; started Mon 23 Nov 09:00; due Mon 23 Nov 21:00; elapsed 3h

== "never for a run that ... is paused": the warning comes at 75 % of counted time
scheme infrastructure
Fri 20 Nov 10:00 received 3
Fri 20 Nov 10:10 responded
Fri 20 Nov 12:00 waiting
Sat 21 Nov 12:00 resumed
Sun 22 Nov 05:00 now
-> restore/1 running; due Sun 22 Nov 10:00
* Sat 21 Nov 22:00 loaner_requested
* Sun 22 Nov 04:00 clock_warned restore/1
