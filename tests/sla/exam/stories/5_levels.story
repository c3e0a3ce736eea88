# Rule 6; raise, restart, lowering.

== "The raising target always starts anew, at the moment of the miss"; 4 -> 3 -> 2 -> 1
scheme infrastructure
Fri 20 Nov 10:00 received
Fri 20 Nov 10:10 responded
Mon 23 Nov 00:00 now
-> level 1
-> restore/1 missed; level 4; due Sat 21 Nov 10:00; stopped -; elapsed 24h; over 0s
-> restore/2 missed; level 3; started Sat 21 Nov 10:00; due Sun 22 Nov 10:00; stopped -; elapsed 24h
-> restore/3 missed; level 2; started Sun 22 Nov 10:00; due Sun 22 Nov 14:00; stopped -
-> restore/4 missed; level 1; started Sun 22 Nov 14:00; due Sun 22 Nov 18:00; stopped -; over 6h
-> no restore/5
-> next_due Sun 22 Nov 18:00
* ...
* Sat 21 Nov 10:00 clock_missed restore/1
* Sat 21 Nov 10:00 level_raised 3
* Sun 22 Nov 10:00 clock_missed restore/2
* Sun 22 Nov 10:00 level_raised 2
* Sun 22 Nov 14:00 clock_missed restore/3
* Sun 22 Nov 14:00 level_raised 1
* Sun 22 Nov 18:00 clock_missed restore/4
* Sun 22 Nov 18:00 crisis_opened
* Sun 22 Nov 19:00 clock_missed crisis_record/1

== "Missed restore on B raises to A", and "at the top level there is no further raise"
scheme power
Sat 21 Nov 10:00 received B
Sat 21 Nov 10:01 diagnosed
Sat 21 Nov 14:00 now
-> level A
-> restore/1 missed; level B; due Sat 21 Nov 12:00; stopped -; elapsed 2h; over 0s
-> restore/2 missed; level A; started Sat 21 Nov 12:00; due Sat 21 Nov 13:00; stopped -; over 1h
-> no restore/3 crisis_record
-> next_due Sat 21 Nov 13:00
* Sat 21 Nov 11:30 clock_warned restore/1
* Sat 21 Nov 12:00 clock_missed restore/1
* Sat 21 Nov 12:00 level_raised A
* Sat 21 Nov 12:45 clock_warned restore/2
* Sat 21 Nov 13:00 clock_missed restore/2

== Other misses raise nothing
scheme power
Sat 21 Nov 10:00 received B
Sat 21 Nov 11:00 now
-> level B
* Sat 21 Nov 10:03:45 clock_warned respond/1
* Sat 21 Nov 10:05 clock_missed respond/1
* Sat 21 Nov 10:22:30 clock_warned diagnose/1
* Sat 21 Nov 10:30 clock_missed diagnose/1

== "one that is missed and still unanswered stays missed and is not missed again at each level"
scheme infrastructure
Fri 20 Nov 17:50 received 3
Sun 22 Nov 02:00 now
-> respond/1 missed; level 3; due Fri 20 Nov 18:20; stopped -
-> no respond/2
-> next_due Fri 20 Nov 18:20

== Automatic raise: "Other running targets that depend on the level follow `earlier`": the fresh start wins
scheme infrastructure
Fri 20 Nov 17:50 received 3
Fri 20 Nov 17:58 responded
Sat 21 Nov 16:00 remote_failed
Sat 21 Nov 18:00 now
-> arrive/1 replaced; level 3; started Sat 21 Nov 16:00; due Sat 21 Nov 20:00; stopped Sat 21 Nov 17:50; elapsed 1h50m
-> arrive/2 running; level 2; started Sat 21 Nov 17:50; due Sat 21 Nov 19:50; elapsed 10m
-> restore/2 running; level 2; started Sat 21 Nov 17:50; due Sat 21 Nov 21:50

== Automatic raise: the old due time wins
scheme infrastructure
Fri 20 Nov 17:50 received 3
Fri 20 Nov 17:58 responded
Sat 21 Nov 15:00 remote_failed
Sat 21 Nov 18:00 now
-> arrive/1 running; level 3; started Sat 21 Nov 15:00; due Sat 21 Nov 19:00
-> no arrive/2

== Automatic raise: a target that does not depend on the level goes on
scheme infrastructure
Fri 20 Nov 17:50 received 3
Fri 20 Nov 17:58 responded
Sat 21 Nov 16:00 spare_needed
Sat 21 Nov 18:00 now
-> replace_part/1 running; level 3; due Mon 23 Nov 16:00
-> no replace_part/2

== A restoration exactly at the deadline raises nothing
scheme infrastructure
Fri 20 Nov 17:50 received 3
Fri 20 Nov 17:58 responded
Sat 21 Nov 17:50 restored
Sat 21 Nov 18:00 now
-> level 3
-> restore/1 met; stopped Sat 21 Nov 17:50; due Sat 21 Nov 17:50
-> no restore/2
* Sat 21 Nov 05:50 loaner_requested
* Sat 21 Nov 11:50 clock_warned restore/1

== Confirmed raise, `earlier`: the fresh start wins
scheme infrastructure
Fri 20 Nov 17:50 received 3
Fri 20 Nov 18:00 level_confirmed 2
Fri 20 Nov 18:01 now
-> level 2
-> restore/1 replaced; level 3; due Sat 21 Nov 17:50; stopped Fri 20 Nov 18:00; elapsed 10m; over 0s
-> restore/2 running; level 2; begun Fri 20 Nov 18:00; started Fri 20 Nov 18:00; due Fri 20 Nov 22:00
-> respond/1 replaced; level 3; due Fri 20 Nov 18:20; stopped Fri 20 Nov 18:00
-> respond/2 running; level 2; started Fri 20 Nov 18:00; due Fri 20 Nov 18:15
-> next_due Fri 20 Nov 18:15

== Confirmed raise, `earlier`: "with the old due time winning: the run goes on unchanged (same run, the level it started with)"
scheme infrastructure
Fri 20 Nov 17:50 received 3
Fri 20 Nov 18:10 level_confirmed 2
Fri 20 Nov 18:11 now
-> level 2
-> respond/1 running; level 3; started Fri 20 Nov 17:50; due Fri 20 Nov 18:20
-> no respond/2
-> restore/2 running; level 2; due Fri 20 Nov 22:10

== Confirmed raise, `earlier`: equal due times, the run goes on
scheme infrastructure
Fri 20 Nov 17:50 received 3
Fri 20 Nov 18:05 level_confirmed 2
Fri 20 Nov 18:06 now
-> respond/1 running; level 3; due Fri 20 Nov 18:20
-> no respond/2

== A kept run that is missed raises from the level of the ticket, not of the run
scheme infrastructure
Fri 20 Nov 17:50 received 3
Fri 20 Nov 17:58 responded
Sat 21 Nov 15:00 level_confirmed 2
Sat 21 Nov 18:00 now
-> level 1
-> restore/1 missed; level 3; due Sat 21 Nov 17:50; stopped -
-> restore/2 running; level 1; started Sat 21 Nov 17:50; due Sat 21 Nov 21:50
* ...
* Sat 21 Nov 17:50 clock_missed restore/1
* Sat 21 Nov 17:50 level_raised 1

== A raise from 2 to 1 leaves the same four hours; missed at level 1 it opens a crisis
scheme infrastructure
Fri 20 Nov 10:00 received 2
Fri 20 Nov 10:05 responded
Fri 20 Nov 11:00 level_confirmed 1
Fri 20 Nov 14:30 now
-> level 1
-> restore/1 missed; level 2; due Fri 20 Nov 14:00; stopped -; over 30m
-> no restore/2
-> crisis_record/1 running; level 1; due Fri 20 Nov 15:00
* Fri 20 Nov 12:00 loaner_requested
* Fri 20 Nov 13:00 clock_warned restore/1
* Fri 20 Nov 14:00 clock_missed restore/1
* Fri 20 Nov 14:00 crisis_opened

== A confirmed raise over several levels
scheme infrastructure
Fri 20 Nov 10:00 received
Fri 20 Nov 10:05 responded
Fri 20 Nov 11:00 level_confirmed 1
Fri 20 Nov 11:30 now
-> level 1
-> restore/1 replaced; level 4; due Sat 21 Nov 10:00
-> restore/2 running; level 1; due Fri 20 Nov 15:00

== Confirming the level it has changes nothing
scheme infrastructure
Fri 20 Nov 10:00 received
Fri 20 Nov 10:05 level_confirmed 4
Fri 20 Nov 10:06 now
-> level 4
-> respond/1 running; level 4; due Fri 20 Nov 10:30
-> restore/1 running; level 4; due Sat 21 Nov 10:00
-> no respond/2 restore/2

== A confirmed raise leaves a missed target alone
scheme infrastructure
Fri 20 Nov 10:00 received
Fri 20 Nov 10:40 level_confirmed 1
Fri 20 Nov 10:41 now
-> respond/1 missed; level 4; due Fri 20 Nov 10:30; stopped -
-> no respond/2

== A confirmed raise at the same instant as the miss: the person comes first, the old due time wins, and is missed
scheme infrastructure
Fri 20 Nov 17:50 received 3
Fri 20 Nov 17:58 responded
Sat 21 Nov 17:50 level_confirmed 2
Sat 21 Nov 18:00 now
-> level 1
-> restore/1 missed; level 3; due Sat 21 Nov 17:50
-> restore/2 running; level 1; due Sat 21 Nov 21:50

== A raise after an automatic raise: level 2 restarted by the miss, 1 by a person
scheme infrastructure
Fri 20 Nov 17:50 received 3
Fri 20 Nov 17:58 responded
Sat 21 Nov 18:30 level_confirmed 1
Sat 21 Nov 18:40 now
-> level 1
-> restore/2 running; level 2; due Sat 21 Nov 21:50
-> no restore/3

== "A change of level in a pause compares due times as if the case resumed at that moment.": the fresh start wins
scheme infrastructure
Fri 20 Nov 10:00 received 3
Fri 20 Nov 10:10 responded
Fri 20 Nov 12:00 waiting
Fri 20 Nov 14:00 level_confirmed 2
Fri 20 Nov 16:00 resumed
Fri 20 Nov 17:00 now
-> restore/1 replaced; level 3; due Sat 21 Nov 12:00; stopped Fri 20 Nov 14:00; elapsed 2h
-> restore/2 running; level 2; started Fri 20 Nov 14:00; due Fri 20 Nov 20:00; elapsed 1h
explain restore/2
| paused Fri 20 Nov 14:00 - Fri 20 Nov 16:00
| counted Fri 20 Nov 16:00 - Fri 20 Nov 20:00

== The same, still waiting
scheme infrastructure
Fri 20 Nov 10:00 received 3
Fri 20 Nov 10:10 responded
Fri 20 Nov 12:00 waiting
Fri 20 Nov 14:00 level_confirmed 2
Fri 20 Nov 15:00 now
-> restore/2 paused; level 2; started Fri 20 Nov 14:00; due -; elapsed 0s; remaining 4h
-> next_due -

== A raise in a pause: the old due time wins
scheme infrastructure
Thu 19 Nov 10:00 received 3
Thu 19 Nov 10:10 responded
Fri 20 Nov 09:00 waiting
Fri 20 Nov 12:00 level_confirmed 2
Fri 20 Nov 14:00 resumed
Fri 20 Nov 14:30 now
-> restore/1 running; level 3; due Fri 20 Nov 15:00; elapsed 23h30m
-> no restore/2

== A raise in a pause leaves `respond`, which is not paused, to its own comparison
scheme infrastructure
Fri 20 Nov 10:00 received 3
Fri 20 Nov 10:05 waiting
Fri 20 Nov 10:10 level_confirmed 2
Fri 20 Nov 10:12 now
-> respond/1 replaced; level 3; due Fri 20 Nov 10:30
-> respond/2 running; level 2; due Fri 20 Nov 10:25

== A target "that only the new level has starts at the confirmation (raise)"
scheme power
Sat 21 Nov 10:00 received C
Sat 21 Nov 10:20 level_confirmed B
Sat 21 Nov 10:25 now
-> restore/1 running; level B; begun Sat 21 Nov 10:20; started Sat 21 Nov 10:20; due Sat 21 Nov 12:20
-> diagnose/1 running; level C; due Sat 21 Nov 10:45
-> respond/1 missed; level C; due Sat 21 Nov 10:05

== C to A: diagnose has 45 min left of nothing, a fresh quarter of an hour comes first
scheme power
Sat 21 Nov 10:00 received C
Sat 21 Nov 10:04 responded
Sat 21 Nov 10:20 level_confirmed A
Sat 21 Nov 10:25 now
-> diagnose/1 replaced; level C; due Sat 21 Nov 10:45; stopped Sat 21 Nov 10:20
-> diagnose/2 running; level A; started Sat 21 Nov 10:20; due Sat 21 Nov 10:35
-> restore/1 running; level A; due Sat 21 Nov 11:20

== "A target new with the level whose stop is already past does not start.": restored before the raise
scheme power
Sat 21 Nov 10:00 received C
Sat 21 Nov 10:04 responded
Sat 21 Nov 10:10 restored
Sat 21 Nov 10:20 level_confirmed B
Sat 21 Nov 13:25 now
-> no restore
-> level B

== The restored service is down again at the new level
scheme power
Sat 21 Nov 10:00 received C
Sat 21 Nov 10:04 diagnosed
Sat 21 Nov 10:10 restored
Sat 21 Nov 10:20 level_confirmed B
Sat 21 Nov 11:00 reopened
Sat 21 Nov 11:25 now
-> restore/1 running; level B; started Sat 21 Nov 11:00; due Sat 21 Nov 13:00

== `restart` (software): a raise counts from the confirmation, "even if later"
scheme software
Fri 20 Nov 10:00 received A
Fri 20 Nov 11:00 level_confirmed B
Fri 20 Nov 11:30 now
-> level B
-> resolve/1 replaced; level A; started Fri 20 Nov 10:00; due Fri 20 Nov 22:00; stopped Fri 20 Nov 11:00
-> resolve/2 running; level B; started Fri 20 Nov 11:00; due Sat 21 Nov 11:00; elapsed 30m

== `restart`: "moved to the next working moment", lunch
scheme software
Fri 20 Nov 10:00 received A
Fri 20 Nov 12:30 level_confirmed B
Fri 20 Nov 12:45 now
-> resolve/2 running; level B; begun Fri 20 Nov 12:30; started Fri 20 Nov 13:00; due Sat 21 Nov 13:00; elapsed 0s

== `restart`: "moved to the next working moment", weekend; start_remote and arrive begin there, resolve ends without successor
scheme software
Fri 20 Nov 10:00 received B
Fri 20 Nov 18:30 level_confirmed C
Fri 20 Nov 18:45 now
-> resolve/1 replaced; level B; due Sat 21 Nov 10:00; stopped Fri 20 Nov 18:30; elapsed 8h30m
-> no resolve/2
-> start_remote/1 running; level C; begun Fri 20 Nov 18:30; started Mon 23 Nov 09:00; due Mon 23 Nov 21:00
-> arrive/1 running; level C; started Mon 23 Nov 09:00; due Tue 24 Nov 09:00
-> next_due Mon 23 Nov 21:00

== `restart`: a raise that finds the target missed leaves it missed
scheme software
Fri 20 Nov 10:00 received A
Fri 20 Nov 22:30 level_confirmed B
Fri 20 Nov 22:45 now
-> resolve/1 missed; level A; due Fri 20 Nov 22:00; stopped -
-> no resolve/2

== `restart` in a pause: the new run starts paused
scheme software
Fri 20 Nov 10:00 received A
Fri 20 Nov 10:30 waiting
Fri 20 Nov 11:00 level_confirmed B
Fri 20 Nov 14:00 resumed
Fri 20 Nov 14:30 now
-> resolve/1 replaced; level A; due Fri 20 Nov 22:30; stopped Fri 20 Nov 11:00; elapsed 30m
-> resolve/2 running; level B; started Fri 20 Nov 11:00; due Sat 21 Nov 14:00; elapsed 30m

== `remote_started` before the raise: neither start_remote nor the visit it makes needless begins
scheme software
Fri 20 Nov 10:00 received A
Fri 20 Nov 10:30 remote_started
Fri 20 Nov 11:00 level_confirmed C
Fri 20 Nov 11:30 now
-> no start_remote arrive
-> next_due -

== Lowering: "original start of the target (run 1) plus the new duration, if that is later": replaced by a new run
scheme infrastructure
Fri 20 Nov 17:50 received 2
Fri 20 Nov 17:55 responded
Fri 20 Nov 19:00 level_confirmed 3
Fri 20 Nov 19:01 now
-> level 3
-> restore/1 replaced; level 2; due Fri 20 Nov 21:50; stopped Fri 20 Nov 19:00; elapsed 1h10m
-> restore/2 running; level 3; started Fri 20 Nov 17:50; due Sat 21 Nov 17:50; elapsed 1h11m; remaining 22h49m

== Lowering: respond follows too while it runs
scheme infrastructure
Fri 20 Nov 17:50 received 2
Fri 20 Nov 18:00 level_confirmed 4
Fri 20 Nov 18:01 now
-> respond/1 replaced; level 2; due Fri 20 Nov 18:05; stopped Fri 20 Nov 18:00
-> respond/2 running; level 4; due Fri 20 Nov 18:20

== Lowering after an automatic raise: "otherwise the run goes on unchanged"
scheme infrastructure
Fri 20 Nov 17:50 received 3
Fri 20 Nov 17:58 responded
Sat 21 Nov 18:30 level_confirmed 3
Sat 21 Nov 19:00 now
-> level 3
-> restore/1 missed; level 3
-> restore/2 running; level 2; started Sat 21 Nov 17:50; due Sat 21 Nov 21:50
-> no restore/3

== Lowered and missed: raised again from where it stands
scheme infrastructure
Fri 20 Nov 17:50 received 3
Fri 20 Nov 17:58 responded
Sat 21 Nov 18:30 level_confirmed 3
Sat 21 Nov 22:00 now
-> level 2
-> restore/2 missed; level 2; due Sat 21 Nov 21:50; stopped -
-> restore/3 running; level 2; started Sat 21 Nov 21:50; due Sun 22 Nov 01:50

== Lowering after a confirmed raise counts from run 1
scheme infrastructure
Fri 20 Nov 17:50 received 3
Fri 20 Nov 17:58 responded
Fri 20 Nov 18:00 level_confirmed 2
Fri 20 Nov 19:00 level_confirmed 3
Fri 20 Nov 19:01 now
-> restore/2 replaced; level 2; started Fri 20 Nov 18:00; due Fri 20 Nov 22:00; stopped Fri 20 Nov 19:00
-> restore/3 running; level 3; started Fri 20 Nov 17:50; due Sat 21 Nov 17:50

== Lowering a missed target leaves it missed
scheme infrastructure
Fri 20 Nov 10:00 received 1
Fri 20 Nov 10:05 responded
Fri 20 Nov 14:30 level_confirmed 3
Fri 20 Nov 14:45 now
-> level 3
-> restore/1 missed; level 1; due Fri 20 Nov 14:00; stopped -; over 45m
-> no restore/2

== Lowering in a pause compares as if resumed at that moment
scheme infrastructure
Fri 20 Nov 10:00 received 2
Fri 20 Nov 10:05 responded
Fri 20 Nov 11:00 waiting
Fri 20 Nov 12:00 level_confirmed 3
Fri 20 Nov 13:00 resumed
Fri 20 Nov 14:00 now
-> restore/1 replaced; level 2; due Fri 20 Nov 15:00; stopped Fri 20 Nov 12:00; elapsed 1h
-> restore/2 running; level 3; started Fri 20 Nov 10:00; due Sat 21 Nov 12:00; elapsed 2h
explain restore/2
| counted Fri 20 Nov 10:00 - Fri 20 Nov 11:00
| paused Fri 20 Nov 11:00 - Fri 20 Nov 13:00
| counted Fri 20 Nov 13:00 - Sat 21 Nov 12:00

== Lowering: "A target that only the new level has ... counts from its original event"
scheme software
Fri 20 Nov 10:00 received C
Fri 20 Nov 15:00 level_confirmed A
Fri 20 Nov 15:30 now
-> start_remote/1 replaced; level C; due Fri 20 Nov 22:00; stopped Fri 20 Nov 15:00
-> arrive/1 replaced; level C; due Sat 21 Nov 10:00; stopped Fri 20 Nov 15:00
-> resolve/1 running; level A; begun Fri 20 Nov 10:00; started Fri 20 Nov 10:00; due Fri 20 Nov 22:00; elapsed 5h30m
-> no start_remote/2 arrive/2

== Lowering: a target new with the level whose stop is already past does not start
scheme hardware
Fri 20 Nov 10:00 received A
Fri 20 Nov 10:02 diagnosed
Fri 20 Nov 10:30 level_confirmed B
Fri 20 Nov 10:45 now
-> no reply
-> respond/1 met; level A

== "A target that the new level does not have: its run is `replaced` (without successor)."
scheme hardware
Fri 20 Nov 10:00 received B
Fri 20 Nov 10:02 responded
Fri 20 Nov 10:30 level_confirmed A
Fri 20 Nov 10:45 now
-> reply/1 replaced; level B; due Fri 20 Nov 11:00; stopped Fri 20 Nov 10:30; elapsed 30m
-> no reply/2
-> next_due -

== Lowered to a level without promises
scheme hardware
Fri 20 Nov 10:00 received C
Fri 20 Nov 10:01 remote_failed
Fri 20 Nov 10:02 level_confirmed D
Fri 20 Nov 10:45 now
-> respond/1 replaced; due Fri 20 Nov 10:05; stopped Fri 20 Nov 10:02
-> reply/1 replaced; due Fri 20 Nov 12:00; stopped Fri 20 Nov 10:02
-> arrive/1 replaced; due Mon 23 Nov 10:01; stopped Fri 20 Nov 10:02
-> next_due -

== Lowering: "The original start is moved by the new level's `starts on`"
scheme hardware
Sat 21 Nov 10:00 received B
Sat 21 Nov 12:00 level_confirmed C
Sat 21 Nov 12:30 now
-> reply/1 replaced; level B; started Mon 23 Nov 00:00; due Mon 23 Nov 01:00; stopped Sat 21 Nov 12:00
-> reply/2 running; level C; begun Sat 21 Nov 10:00; started Mon 23 Nov 09:00; due Mon 23 Nov 11:00
-> respond/1 replaced; level B; due Mon 23 Nov 00:05
-> respond/2 running; level C; started Mon 23 Nov 09:00; due Mon 23 Nov 09:05

== A target depends on the level when only a calendar differs: C to B on Saturday brings Monday 01:00
scheme hardware
Fri 20 Nov 17:00 received C
Fri 20 Nov 17:04 responded
Sat 21 Nov 10:00 level_confirmed B
Sat 21 Nov 10:30 now
-> reply/1 replaced; level C; due Mon 23 Nov 10:00; stopped Sat 21 Nov 10:00; elapsed 1h
-> reply/2 running; level B; begun Sat 21 Nov 10:00; started Mon 23 Nov 00:00; due Mon 23 Nov 01:00

== "in a later round (after `reopened`) it is that round's start"
scheme infrastructure
Thu 19 Nov 10:00 received 2
Thu 19 Nov 11:00 restored
Fri 20 Nov 10:00 reopened
Fri 20 Nov 12:00 level_confirmed 3
Fri 20 Nov 12:30 now
-> restore/1 met; level 2
-> restore/2 replaced; level 2; started Fri 20 Nov 10:00; due Fri 20 Nov 14:00; stopped Fri 20 Nov 12:00
-> restore/3 running; level 3; started Fri 20 Nov 10:00; due Sat 21 Nov 10:00

== A level given in a reopened round is the ticket's: the new run starts at the present level
scheme infrastructure
Thu 19 Nov 10:00 received 4
Thu 19 Nov 10:10 responded
Thu 19 Nov 11:00 restored
Thu 19 Nov 12:00 level_confirmed 1
Fri 20 Nov 10:00 reopened
Fri 20 Nov 10:30 now
-> restore/2 running; level 1; due Fri 20 Nov 14:00

== general: urgent 2 h against what is left of 24 h
scheme general
Fri 20 Nov 10:00 received normal
Fri 20 Nov 11:00 level_confirmed urgent
Fri 20 Nov 11:30 now
-> respond/1 replaced; due Sat 21 Nov 10:00
-> respond/2 running; level urgent; due Fri 20 Nov 13:00

== teleconference: nothing depends on the level
scheme teleconference
Fri 20 Nov 10:00 received 4
Fri 20 Nov 10:30 level_confirmed 1
Fri 20 Nov 10:40 now
-> level 1
-> respond/1 running; level 4; due Fri 20 Nov 11:00
-> no respond/2
