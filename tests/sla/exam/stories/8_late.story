# Rule 5: facts written down late. The log already has what the program did in between.

== "the clocks come out as if they had been on time": an answer in time told after the miss
scheme infrastructure
Fri 20 Nov 10:00 received 3
Fri 20 Nov 10:20 responded (told Fri 20 Nov 11:00)
Fri 20 Nov 12:00 now
-> respond/1 met; due Fri 20 Nov 10:30; stopped Fri 20 Nov 10:20; over 0s; elapsed 20m
* Fri 20 Nov 10:22:30 clock_warned respond/1
* Fri 20 Nov 10:30 clock_missed respond/1

== A stop exactly at the due time told later is in time
scheme infrastructure
Fri 20 Nov 10:00 received 3
Fri 20 Nov 10:30 responded (told Fri 20 Nov 11:00)
Fri 20 Nov 12:00 now
-> respond/1 met; stopped Fri 20 Nov 10:30

== A stop told late but after the due time stays too late
scheme infrastructure
Fri 20 Nov 10:00 received 3
Fri 20 Nov 10:45 responded (told Fri 20 Nov 11:00)
Fri 20 Nov 12:00 now
-> respond/1 missed_stopped; stopped Fri 20 Nov 10:45; over 15m

== "except that what was announced or raised in the meantime stays on record": restored in time, told after the raise
scheme infrastructure
Fri 20 Nov 10:00 received 3
Fri 20 Nov 10:05 responded
Sat 21 Nov 09:00 restored (told Sat 21 Nov 12:00)
Sat 21 Nov 12:30 now
-> level 2
-> restore/1 met; level 3; due Sat 21 Nov 10:00; stopped Sat 21 Nov 09:00
-> fault_report/1 running; started Sat 21 Nov 09:00; due Mon 23 Nov 18:00
-> no restore/2
* Fri 20 Nov 22:00 loaner_requested
* Sat 21 Nov 04:00 clock_warned restore/1
* Sat 21 Nov 10:00 clock_missed restore/1
* Sat 21 Nov 10:00 level_raised 2

== Restored during the restarted run, told during the crisis
scheme infrastructure
Fri 20 Nov 10:00 received 3
Fri 20 Nov 10:05 responded
Sat 21 Nov 11:00 restored (told Sat 21 Nov 18:30)
Sat 21 Nov 18:30 now
-> level 1
-> restore/1 missed; level 3; due Sat 21 Nov 10:00; stopped -
-> restore/2 met; level 2; started Sat 21 Nov 10:00; due Sat 21 Nov 14:00; stopped Sat 21 Nov 11:00
-> no restore/3
-> crisis_record/1 running; due Sat 21 Nov 19:00

== A wait told late: the deadline moves, the miss is taken back
scheme infrastructure
Fri 20 Nov 10:00 received 3
Fri 20 Nov 10:05 responded
Fri 20 Nov 11:00 remote_failed
Fri 20 Nov 12:00 waiting (told Fri 20 Nov 16:00)
Fri 20 Nov 14:00 resumed (told Fri 20 Nov 16:00)
Fri 20 Nov 16:30 now
-> arrive/1 running; due Fri 20 Nov 17:00; elapsed 3h30m; over 0s
-> next_due Fri 20 Nov 17:00
* Fri 20 Nov 14:00 clock_warned arrive/1
* Fri 20 Nov 15:00 clock_missed arrive/1

== The deadline moved, the miss comes at the new due time
scheme infrastructure
Fri 20 Nov 10:00 received 3
Fri 20 Nov 10:05 responded
Fri 20 Nov 11:00 remote_failed
Fri 20 Nov 12:00 waiting (told Fri 20 Nov 16:00)
Fri 20 Nov 14:00 resumed (told Fri 20 Nov 16:00)
Fri 20 Nov 17:30 now
-> arrive/1 missed; due Fri 20 Nov 17:00; over 30m

== A late remote_failed starts its visit at the true time
scheme infrastructure
Fri 20 Nov 10:00 received 3
Fri 20 Nov 10:05 responded
Fri 20 Nov 11:00 remote_failed (told Fri 20 Nov 14:30)
Fri 20 Nov 15:30 now
-> arrive/1 missed; started Fri 20 Nov 11:00; due Fri 20 Nov 15:00

== An arrival told late writes the spare need with the time at which it was due
scheme teleconference
Wed 18 Nov 09:30 received 2
Wed 18 Nov 09:40 responded
Wed 18 Nov 10:00 arrived (told Wed 18 Nov 15:00)
Wed 18 Nov 15:30 now
-> send_spare/1 running; started Wed 18 Nov 12:00; due Thu 19 Nov 12:00
* Wed 18 Nov 12:00 spare_needed

== A level confirmed late counts from its true time
scheme infrastructure
Fri 20 Nov 10:00 received 3
Fri 20 Nov 10:05 responded
Fri 20 Nov 11:00 level_confirmed 2 (told Fri 20 Nov 12:00)
Fri 20 Nov 12:30 now
-> restore/2 running; level 2; started Fri 20 Nov 11:00; due Fri 20 Nov 15:00

== A raise to 2 told after its deadline has gone: it raises to 1 as it would have
scheme infrastructure
Fri 20 Nov 10:00 received 3
Fri 20 Nov 10:05 responded
Fri 20 Nov 11:00 level_confirmed 2 (told Fri 20 Nov 16:00)
Fri 20 Nov 16:30 now
-> level 1
-> restore/2 missed; level 2; due Fri 20 Nov 15:00
-> restore/3 running; level 1; started Fri 20 Nov 15:00; due Fri 20 Nov 19:00
