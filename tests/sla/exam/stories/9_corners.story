# Where two rules meet.

== Stop before start: an unused arrival of the first round (only `visit_failed` undoes `arrived`)
scheme infrastructure
Fri 20 Nov 09:00 received 3
Fri 20 Nov 09:30 arrived
Fri 20 Nov 10:00 restored
Fri 20 Nov 14:00 reopened
Fri 20 Nov 15:00 remote_failed
Fri 20 Nov 15:30 now
-> arrive/1 met; started Fri 20 Nov 15:00; stopped Fri 20 Nov 15:00

== An arrival after a failed visit counts again
scheme infrastructure
Fri 20 Nov 09:00 received 3
Fri 20 Nov 09:30 arrived
Fri 20 Nov 09:45 visit_failed
Fri 20 Nov 09:50 arrived
Fri 20 Nov 10:00 remote_failed
Fri 20 Nov 11:00 now
-> arrive/1 met; stopped Fri 20 Nov 10:00

== A visit that failed after the promise was met leaves it met
scheme infrastructure
Fri 20 Nov 09:00 received 3
Fri 20 Nov 09:30 remote_failed
Fri 20 Nov 10:00 arrived
Fri 20 Nov 10:30 visit_failed
Fri 20 Nov 11:00 now
-> arrive/1 met; stopped Fri 20 Nov 10:00
-> no arrive/2

== A report sent before the restoration meets the fault report
scheme infrastructure
Fri 20 Nov 09:00 received 3
Fri 20 Nov 09:30 report_sent
Fri 20 Nov 10:00 restored
Fri 20 Nov 11:00 now
-> fault_report/1 met; started Fri 20 Nov 10:00; due Mon 23 Nov 18:00; stopped Fri 20 Nov 10:00; elapsed 0s

== "A missed run that a raise has restarted has `stopped_at` null", also when the ticket is closed
scheme infrastructure
Fri 20 Nov 10:00 received 3
Fri 20 Nov 10:05 responded
Sat 21 Nov 12:00 closed
Sat 21 Nov 18:00 now
-> level 2
-> restore/1 missed; stopped -; due Sat 21 Nov 10:00; elapsed 24h
-> restore/2 void; due Sat 21 Nov 14:00; stopped Sat 21 Nov 12:00
-> next_due -

== Closed exactly at the deadline: void, not missed
scheme infrastructure
Fri 20 Nov 10:00 received 3
Fri 20 Nov 10:05 responded
Sat 21 Nov 10:00 closed
Sat 21 Nov 18:00 now
-> level 3
-> restore/1 void; due Sat 21 Nov 10:00; stopped Sat 21 Nov 10:00

== "A target that only the new level has": it does not start while its start event has not happened
scheme hardware
Fri 20 Nov 10:00 received D
Fri 20 Nov 11:00 level_confirmed C
Fri 20 Nov 11:01 now
-> respond/1 running; level C; started Fri 20 Nov 11:00; due Fri 20 Nov 11:05
-> reply/1 running; level C; started Fri 20 Nov 11:00; due Fri 20 Nov 14:00
-> no arrive

== ... and starts at the confirmation when it has
scheme hardware
Fri 20 Nov 10:00 received D
Fri 20 Nov 10:30 remote_failed
Fri 20 Nov 11:00 level_confirmed C
Fri 20 Nov 11:01 now
-> arrive/1 running; level C; started Fri 20 Nov 11:00; due Mon 23 Nov 11:00

== ... and not when its stop is already past
scheme hardware
Fri 20 Nov 10:00 received D
Fri 20 Nov 10:10 diagnosed
Fri 20 Nov 10:30 remote_failed
Fri 20 Nov 10:40 arrived
Fri 20 Nov 11:00 level_confirmed C
Fri 20 Nov 11:01 now
-> no respond reply arrive

== Lowered to a level without the target, raised again: it starts at the confirmation
scheme power
Sat 21 Nov 10:00 received B
Sat 21 Nov 10:01 diagnosed
Sat 21 Nov 10:30 level_confirmed C
Sat 21 Nov 11:00 level_confirmed B
Sat 21 Nov 11:10 now
-> restore/1 replaced; level B; due Sat 21 Nov 12:00; stopped Sat 21 Nov 10:30
-> restore/2 running; level B; started Sat 21 Nov 11:00; due Sat 21 Nov 13:00

== Raised to a level without the target, lowered again: it counts from its original event
scheme software
Fri 20 Nov 10:00 received A
Fri 20 Nov 11:00 level_confirmed C
Fri 20 Nov 14:00 level_confirmed B
Fri 20 Nov 15:00 now
-> resolve/1 replaced; level A; due Fri 20 Nov 22:00; stopped Fri 20 Nov 11:00
-> resolve/2 running; level B; begun Fri 20 Nov 10:00; started Fri 20 Nov 10:00; due Sat 21 Nov 10:00
-> start_remote/1 replaced; stopped Fri 20 Nov 14:00
-> arrive/1 replaced; stopped Fri 20 Nov 14:00

== In a later round the original event of a target that only the lower level has is the re-opening
scheme software
Thu 19 Nov 10:00 received C
Thu 19 Nov 10:30 remote_started
Thu 19 Nov 11:00 resolved
Fri 20 Nov 10:00 reopened
Fri 20 Nov 15:00 level_confirmed A
Fri 20 Nov 15:30 now
-> resolve/1 running; level A; started Fri 20 Nov 10:00; due Fri 20 Nov 22:00

== A start in the same instant as the automatic raise begins at the old level and follows `earlier`
scheme infrastructure
Fri 20 Nov 10:00 received 3
Fri 20 Nov 10:05 responded
Sat 21 Nov 10:00 remote_failed
Sat 21 Nov 10:30 now
-> arrive/1 replaced; level 3; due Sat 21 Nov 14:00; stopped Sat 21 Nov 10:00; elapsed 0s
-> arrive/2 running; level 2; due Sat 21 Nov 12:00

== Waiting and resumed in one instant is no pause
scheme infrastructure
Fri 20 Nov 10:00 received 3
Fri 20 Nov 10:05 responded
Fri 20 Nov 11:00 waiting
Fri 20 Nov 11:00 resumed
Fri 20 Nov 11:30 now
-> restore/1 running; due Sat 21 Nov 10:00; elapsed 1h30m

== Restored and re-opened in one instant, in the order of writing
scheme infrastructure
Fri 20 Nov 10:00 received 3
Fri 20 Nov 10:05 responded
Fri 20 Nov 11:00 restored
Fri 20 Nov 11:00 reopened
Fri 20 Nov 11:30 now
-> restore/1 met; stopped Fri 20 Nov 11:00
-> restore/2 running; started Fri 20 Nov 11:00; due Sat 21 Nov 11:00

== Raised in the instant of the report
scheme infrastructure
Fri 20 Nov 10:00 received 4
Fri 20 Nov 10:00 level_confirmed 1
Fri 20 Nov 10:10 now
-> level 1
-> respond/1 replaced; level 4; elapsed 0s; stopped Fri 20 Nov 10:00
-> respond/2 running; level 1; due Fri 20 Nov 10:15
-> restore/2 running; level 1; due Fri 20 Nov 14:00

== A missed crisis record has ended and is not what falls due next
scheme infrastructure
Fri 20 Nov 09:00 received 2
Fri 20 Nov 09:10 responded
Fri 20 Nov 09:30 crisis_opened
Fri 20 Nov 10:40 now
-> crisis_record/1 missed; due Fri 20 Nov 10:30; elapsed 1h; over 0s; remaining 0s
-> crisis_record/2 running; due Fri 20 Nov 11:30
-> next_due Fri 20 Nov 11:30
explain crisis_record/1
| counted Fri 20 Nov 09:30 - Fri 20 Nov 10:30

== "A missed, unstopped clock has one `over` stretch up to now, whatever the calendar"; over counts open hours only
scheme hardware
Fri 20 Nov 17:00 received C
Mon 23 Nov 09:30 now
-> respond/1 missed; due Fri 20 Nov 17:05; over 1h25m; elapsed 1h30m; remaining 0s
explain respond/1
| counted Fri 20 Nov 17:00 - Fri 20 Nov 17:05
| over Fri 20 Nov 17:05 - Mon 23 Nov 09:30

== Stopped late in office hours
scheme hardware
Fri 20 Nov 17:00 received C
Mon 23 Nov 09:30 responded
Mon 23 Nov 10:30 now
-> respond/1 missed_stopped; due Fri 20 Nov 17:05; stopped Mon 23 Nov 09:30; over 1h25m; elapsed 1h30m

== Stopped early, explained to the due time
scheme hardware
Fri 20 Nov 17:00 received C
Fri 20 Nov 17:30 diagnosed
Fri 20 Nov 17:40 now
-> reply/1 met; stopped Fri 20 Nov 17:30; elapsed 30m
explain reply/1
| counted Fri 20 Nov 17:00 - Fri 20 Nov 18:00
| closed Fri 20 Nov 18:00 - Mon 23 Nov 09:00
| counted Mon 23 Nov 09:00 - Mon 23 Nov 10:00

== Ended in a pause, explained to the due time with the pause up to then
scheme infrastructure
Fri 20 Nov 10:00 received 3
Fri 20 Nov 10:10 responded
Fri 20 Nov 12:00 waiting
Fri 20 Nov 14:00 restored
Fri 20 Nov 15:00 now
explain restore/1
| counted Fri 20 Nov 10:00 - Fri 20 Nov 12:00
| paused Fri 20 Nov 12:00 - Fri 20 Nov 14:00
| counted Fri 20 Nov 14:00 - Sat 21 Nov 12:00

== A pause in office hours over lunch, explained
scheme hardware
Fri 20 Nov 10:00 received C
Fri 20 Nov 11:00 waiting
Fri 20 Nov 14:00 resumed
Fri 20 Nov 14:30 now
-> reply/1 running; due Fri 20 Nov 15:00
explain reply/1
| counted Fri 20 Nov 10:00 - Fri 20 Nov 11:00
| paused Fri 20 Nov 11:00 - Fri 20 Nov 14:00
| counted Fri 20 Nov 14:00 - Fri 20 Nov 15:00

== A promise in working days, missed, explained
scheme infrastructure
Thu 19 Nov 10:00 received 3
Thu 19 Nov 11:00 restored
Fri 20 Nov 20:00 now
-> fault_report/1 missed; due Fri 20 Nov 18:00; over 2h; elapsed 33h
explain fault_report/1
| closed Thu 19 Nov 11:00 - Fri 20 Nov 00:00
| counted #1 Fri 20 Nov 00:00 - Fri 20 Nov 18:00
| over Fri 20 Nov 18:00 - Fri 20 Nov 20:00

== "1 working day" before the Spring Festival with its make-up Saturday
scheme infrastructure
Sat 14 Feb 10:00 received 3
Sat 14 Feb 11:00 restored
Sat 14 Feb 20:00 now
-> fault_report/1 running; due Tue 24 Feb 18:00

== "1 working day" from a Friday before a make-up Saturday
scheme infrastructure
Fri 13 Feb 10:00 received 3
Fri 13 Feb 23:59 restored
Sat 14 Feb 00:20 now
-> fault_report/1 running; due Sat 14 Feb 18:00

== "1 working day" from a Sunday: the Monday
scheme infrastructure
Sun 22 Nov 10:00 received 3
Sun 22 Nov 11:00 restored
Sun 22 Nov 12:00 now
-> fault_report/1 running; started Sun 22 Nov 11:00; due Mon 23 Nov 18:00

== Restored in the evening of the report's day: the day is counted where the site is
scheme infrastructure
site Europe/Berlin DE
Thu 19 Nov 10:00 received 3
Thu 19 Nov 23:30 restored
Thu 19 Nov 23:40 now
-> fault_report/1 running; due Fri 20 Nov 18:00

== Berlin office hours over the end of summer time
scheme hardware
site Europe/Berlin DE
Fri 23 Oct 17:00 received C
Fri 23 Oct 17:01 now
-> reply/1 running; due Mon 26 Oct 10:00
explain reply/1
| counted Fri 23 Oct 17:00 - Fri 23 Oct 18:00
| closed Fri 23 Oct 18:00 - Mon 26 Oct 09:00
| counted Mon 26 Oct 09:00 - Mon 26 Oct 10:00

== Across a closed year's end with decreed days off and a make-up Sunday
scheme hardware
Wed 31 Dec 2025 17:00 received C
Wed 31 Dec 2025 17:01 now
-> reply/1 running; due Sun 4 Jan 10:00

== A change delivered before it was confirmed
scheme telecom
case kind=change
Fri 20 Nov 10:00 received
Fri 20 Nov 11:00 change_delivered
Fri 20 Nov 12:00 change_confirmed for Fri 4 Dec 18:00
Fri 20 Nov 12:30 now
-> change_delivery/1 met; started Fri 20 Nov 12:00; stopped Fri 20 Nov 12:00; elapsed 0s

== A change delivered too late
scheme telecom
case kind=change
Fri 20 Nov 10:00 received
Fri 20 Nov 11:00 change_answered
Fri 20 Nov 12:00 change_confirmed for Mon 23 Nov 12:00
Mon 23 Nov 13:00 change_delivered
Mon 23 Nov 14:00 now
-> change_delivery/1 missed_stopped; due Mon 23 Nov 12:00; over 1h
* Sun 22 Nov 18:00 clock_warned change_delivery/1
* Mon 23 Nov 12:00 clock_missed change_delivery/1

== An inspection report missed
scheme telecom
case kind=inspection
Fri 13 Nov 09:00 received
Mon 16 Nov 10:00 visit_done
Fri 20 Nov 10:00 report_sent
Fri 20 Nov 11:00 now
-> inspection_report/1 missed_stopped; due Thu 19 Nov 18:00; stopped Fri 20 Nov 10:00; over 16h

== A notice given, then the visit moves: a new notice is owed
scheme telecom
case kind=inspection
Mon 12 Jan 10:00 received
Mon 12 Jan 11:00 visit_planned for Fri 6 Mar 09:00
Tue 13 Jan 11:00 notice_sent
Wed 14 Jan 11:00 visit_planned for Mon 9 Mar 09:00
Wed 14 Jan 12:00 now
-> inspection_notice/1 met; due Mon 9 Feb 18:00; stopped Tue 13 Jan 11:00
-> inspection_notice/2 running; due Tue 10 Feb 18:00

== A month's promise keeps its day when the wait is over: the wait is added
scheme power
case cause=design_defect
Fri 20 Nov 10:00 received C
Fri 20 Nov 10:04 diagnosed
Mon 23 Nov 10:00 waiting
Wed 25 Nov 10:00 resumed
Wed 25 Nov 11:00 now
-> upgrade/1 running; due Tue 22 Dec 10:00

== upgrade raised and lowered: it does not depend on the level
scheme power
case cause=design_defect
Fri 20 Nov 10:00 received C
Fri 20 Nov 10:04 diagnosed
Fri 20 Nov 11:00 level_confirmed A
Fri 20 Nov 11:30 now
-> upgrade/1 running; level C; due Sun 20 Dec 10:00
-> no upgrade/2

== Warned once a run: the second run has its own warning
scheme infrastructure
Fri 20 Nov 10:00 received 1
Fri 20 Nov 10:05 responded
Fri 20 Nov 13:30 restored
Fri 20 Nov 14:00 reopened
Fri 20 Nov 17:30 now
* Fri 20 Nov 12:00 loaner_requested
* Fri 20 Nov 13:00 clock_warned restore/1
* Fri 20 Nov 17:00 clock_warned restore/2

== No warning for a run stopped exactly then
scheme infrastructure
Fri 20 Nov 10:00 received 1
Fri 20 Nov 10:05 responded
Fri 20 Nov 11:00 loaner_requested
Fri 20 Nov 13:00 restored
Fri 20 Nov 13:30 now
* none

== "A clock paused ... never": waiting begins before the warning and ends the run
scheme infrastructure
Fri 20 Nov 10:00 received 1
Fri 20 Nov 10:05 responded
Fri 20 Nov 11:00 loaner_requested
Fri 20 Nov 12:59 waiting
Fri 20 Nov 18:00 restored
Fri 20 Nov 19:00 now
-> restore/1 met; due Fri 20 Nov 19:01
* none

== Half of the time used up already when the loaner of the local depot is not there and the visit fails later
scheme infrastructure
Fri 20 Nov 10:00 received 1
Fri 20 Nov 10:05 responded
Fri 20 Nov 12:30 visit_failed
Fri 20 Nov 12:40 now
* Fri 20 Nov 12:00 loaner_requested

== A raise recorded for a run whose deadline late facts have moved: raised once, restarted at the true deadline
scheme infrastructure
Fri 20 Nov 10:00 received 3
Fri 20 Nov 10:05 responded
Fri 20 Nov 12:00 waiting (told Sat 21 Nov 11:00)
Fri 20 Nov 14:00 resumed (told Sat 21 Nov 11:00)
Sat 21 Nov 12:30 now
-> level 2
-> restore/1 missed; level 3; due Sat 21 Nov 12:00
-> restore/2 running; level 2; started Sat 21 Nov 12:00; due Sat 21 Nov 16:00

== Cancelled late, at a time before the miss
scheme infrastructure
Fri 20 Nov 10:00 received 3
Fri 20 Nov 10:05 responded
Fri 20 Nov 12:00 cancelled (told Sat 21 Nov 11:00)
Sat 21 Nov 12:30 now
-> level 2
-> restore/1 void; due Sat 21 Nov 10:00; stopped Fri 20 Nov 12:00
-> no restore/2
-> next_due -

== A failed visit told late undoes the arrival that would have met the promise
scheme infrastructure
Fri 20 Nov 09:00 received 3
Fri 20 Nov 09:30 arrived
Fri 20 Nov 09:45 visit_failed (told Fri 20 Nov 11:00)
Fri 20 Nov 10:00 remote_failed
Fri 20 Nov 12:00 now
-> arrive/1 running; due Fri 20 Nov 14:00

== Late level: lowered in time, told after an automatic raise
scheme infrastructure
Fri 20 Nov 10:00 received 2
Fri 20 Nov 10:05 responded
Fri 20 Nov 11:00 level_confirmed 3 (told Fri 20 Nov 15:00)
Fri 20 Nov 15:30 now
-> restore/1 replaced; level 2; due Fri 20 Nov 14:00; stopped Fri 20 Nov 11:00

== A run kept through a raise is kept through the lowering back
scheme infrastructure
Fri 20 Nov 17:50 received 3
Fri 20 Nov 17:58 responded
Sat 21 Nov 15:00 level_confirmed 2
Sat 21 Nov 16:00 level_confirmed 3
Sat 21 Nov 16:10 now
-> level 3
-> restore/1 running; level 3; due Sat 21 Nov 17:50
-> no restore/2

== A crisis entry exactly at its deadline is in time
scheme infrastructure
Fri 20 Nov 09:00 received 1
Fri 20 Nov 09:10 responded
Fri 20 Nov 14:00 crisis_entry
Fri 20 Nov 14:10 now
-> crisis_record/1 met; due Fri 20 Nov 14:00; stopped Fri 20 Nov 14:00
-> crisis_record/2 running; started Fri 20 Nov 14:00; due Fri 20 Nov 15:00

== A lead's crisis at level 3 gets its records with the automatic raise
scheme infrastructure
Fri 20 Nov 09:00 received 3
Fri 20 Nov 09:10 responded
Fri 20 Nov 10:00 crisis_opened
Sat 21 Nov 09:30 now
-> level 2
-> crisis_record/1 running; level 2; started Sat 21 Nov 09:00; due Sat 21 Nov 10:00

== The crisis goes on while the ticket waits for the customer
scheme infrastructure
Fri 20 Nov 09:00 received 1
Fri 20 Nov 09:10 responded
Fri 20 Nov 13:10 waiting
Fri 20 Nov 14:10 now
-> restore/1 missed; over 10m; paused yes
-> crisis_record/1 missed; due Fri 20 Nov 14:00; over 0s
-> crisis_record/2 running; due Fri 20 Nov 15:00; paused no

== A wait over the opening of the last working day: the warning comes when it goes on
scheme teleconference
Wed 18 Nov 09:00 received 2
Wed 18 Nov 09:10 responded
Wed 18 Nov 09:30 spare_needed
Wed 18 Nov 09:40 spare_dispatched
Fri 20 Nov 08:00 waiting
Fri 20 Nov 10:00 resumed
Fri 20 Nov 10:30 now
-> spare_on_site/1 running; due Fri 20 Nov 18:00
* Fri 20 Nov 10:00 clock_warned spare_on_site/1

== Lowering from A to B on a Saturday: the original start is moved by B's calendar
scheme hardware
case travel=30
Sat 21 Nov 09:50 received A
Sat 21 Nov 09:51 responded
Sat 21 Nov 10:00 remote_failed
Sat 21 Nov 10:30 level_confirmed B
Sat 21 Nov 10:40 now
-> arrive/1 replaced; level A; due Sat 21 Nov 11:00; stopped Sat 21 Nov 10:30; elapsed 30m
-> arrive/2 running; level B; begun Sat 21 Nov 10:00; started Mon 23 Nov 00:00; due Tue 24 Nov 00:00
-> reply/1 running; level B; begun Sat 21 Nov 09:50; started Mon 23 Nov 00:00; due Mon 23 Nov 01:00

== Raised before the moved start has come
scheme hardware
case travel=90
Fri 20 Nov 17:00 received C
Fri 20 Nov 17:01 diagnosed
Fri 20 Nov 19:00 remote_failed
Sat 21 Nov 10:00 level_confirmed A
Sat 21 Nov 10:30 now
-> arrive/1 replaced; level C; started Mon 23 Nov 09:00; due Thu 26 Nov 09:00; stopped Sat 21 Nov 10:00; elapsed 0s; over 0s
-> arrive/2 running; level A; started Sat 21 Nov 10:00; due Sat 21 Nov 12:30

== Closed before the moved start has come
scheme software
Fri 20 Nov 18:30 received C
Sat 21 Nov 10:00 closed
Tue 24 Nov 10:00 now
-> start_remote/1 void; started Mon 23 Nov 09:00; due Mon 23 Nov 21:00; stopped Sat 21 Nov 10:00; elapsed 0s; over 0s
-> arrive/1 void; due Tue 24 Nov 09:00; stopped Sat 21 Nov 10:00
* none

== Cancelled with a missed fault report: it stays missed and ends
scheme infrastructure
Thu 19 Nov 09:00 received 3
Thu 19 Nov 10:00 restored
Fri 20 Nov 19:00 cancelled
Sat 21 Nov 10:00 now
-> fault_report/1 missed; due Fri 20 Nov 18:00; stopped Fri 20 Nov 19:00; over 1h
-> next_due -

== A raise by a miss in the second round; lowered after it, the round's start counts
scheme infrastructure
Thu 19 Nov 08:00 received 3
Thu 19 Nov 08:10 restored
Fri 20 Nov 10:00 reopened
Sat 21 Nov 11:00 level_confirmed 3
Sat 21 Nov 11:30 now
-> restore/1 met; level 3
-> restore/2 missed; level 3; due Sat 21 Nov 10:00; stopped -
-> restore/3 running; level 2; started Sat 21 Nov 10:00; due Sat 21 Nov 14:00
-> level 3

== Answered after the whole cascade: too late, at the level it was promised
scheme infrastructure
Fri 20 Nov 17:50 received 3
Sun 22 Nov 02:00 responded
Sun 22 Nov 02:10 now
-> respond/1 missed_stopped; level 3; due Fri 20 Nov 18:20; stopped Sun 22 Nov 02:00
-> next_due Sun 22 Nov 01:50

== Restored is not resolved: scheme 6 still owes the solution
scheme software
Fri 20 Nov 10:00 received A
Fri 20 Nov 11:00 restored
Fri 20 Nov 12:00 now
-> resolve/1 running; due Fri 20 Nov 22:00

== The report's working day is the site's: a Thai day off in lieu
scheme infrastructure
site Asia/Bangkok TH
Fri 4 Dec 20:00 received 3
Fri 4 Dec 23:30 restored
Fri 4 Dec 23:40 now
-> fault_report/1 running; due Tue 8 Dec 18:00

== A raise in the pause in which the visit began
scheme infrastructure
Fri 20 Nov 10:00 received 3
Fri 20 Nov 10:05 responded
Fri 20 Nov 11:00 waiting
Fri 20 Nov 12:00 remote_failed
Fri 20 Nov 12:30 level_confirmed 2
Fri 20 Nov 13:00 resumed
Fri 20 Nov 13:30 now
-> arrive/1 replaced; level 3; due Fri 20 Nov 16:30; stopped Fri 20 Nov 12:30; elapsed 0s
-> arrive/2 running; level 2; started Fri 20 Nov 12:30; due Fri 20 Nov 15:00; elapsed 30m

== Lowered in the instant of the deadline: the person comes first
scheme infrastructure
Fri 20 Nov 10:00 received 2
Fri 20 Nov 10:05 responded
Fri 20 Nov 14:00 level_confirmed 3
Fri 20 Nov 14:10 now
-> level 3
-> restore/1 replaced; level 2; due Fri 20 Nov 14:00; stopped Fri 20 Nov 14:00
-> restore/2 running; level 3; started Fri 20 Nov 10:00; due Sat 21 Nov 10:00

== A lowered promise of which most is used up is warned of at the lowering
scheme software
Fri 20 Nov 10:00 received C
Fri 20 Nov 20:00 level_confirmed A
Fri 20 Nov 20:30 now
-> resolve/1 running; started Fri 20 Nov 10:00; due Fri 20 Nov 22:00
* Fri 20 Nov 19:00 clock_warned start_remote/1
* Fri 20 Nov 20:00 clock_warned resolve/1

== The e-mail solution is paused, the e-mail answer is not
scheme infrastructure
case channel=email
Fri 20 Nov 10:00 received 3
Fri 20 Nov 10:20 waiting
Fri 20 Nov 12:20 resumed
Fri 20 Nov 12:30 now
-> respond/1 missed; due Fri 20 Nov 10:30
-> solution/1 running; due Fri 20 Nov 14:00

== A pause across midnight on a day-counted promise: each half day counts
scheme teleconference
Wed 18 Nov 09:00 received 2
Wed 18 Nov 09:30 spare_needed
Wed 18 Nov 20:00 waiting
Fri 20 Nov 00:00 resumed
Fri 20 Nov 01:00 now
-> spare_on_site/1 running; due Mon 23 Nov 18:00

== Two waits that share a day between them leave it counted
scheme teleconference
Wed 18 Nov 09:00 received 2
Wed 18 Nov 09:30 spare_needed
Wed 18 Nov 20:00 waiting
Thu 19 Nov 12:00 resumed
Thu 19 Nov 12:01 waiting
Fri 20 Nov 08:00 resumed
Fri 20 Nov 08:30 now
-> spare_on_site/1 running; due Fri 20 Nov 18:00
