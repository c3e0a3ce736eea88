# Every cell of the seven tables: received (or the other start) and how long there is.

== power A: at once, 15 min, 1 h
scheme power
Sat 21 Nov 10:00 received A
Sat 21 Nov 10:00 now
-> respond/1 running; level A; started Sat 21 Nov 10:00; due Sat 21 Nov 10:05; stopped -; elapsed 0s; remaining 5m; over 0s; paused no
-> diagnose/1 running; due Sat 21 Nov 10:15
-> restore/1 running; due Sat 21 Nov 11:00
-> no upgrade
-> next_due Sat 21 Nov 10:05

== power B: at once, 30 min, 2 h
scheme power
Sat 21 Nov 10:00 received B
Sat 21 Nov 10:00 now
-> respond/1 running; due Sat 21 Nov 10:05
-> diagnose/1 running; due Sat 21 Nov 10:30
-> restore/1 running; due Sat 21 Nov 12:00

== power C: at once, 45 min, no restore
scheme power
Sat 21 Nov 10:00 received C
Sat 21 Nov 10:00 now
-> respond/1 running; due Sat 21 Nov 10:05
-> diagnose/1 running; due Sat 21 Nov 10:45
-> no restore

== power D: at once, 2 h, no restore; "the scheme's default level (the lightest ...)"
scheme power
Sat 21 Nov 10:00 received
Sat 21 Nov 10:00 now
-> level D
-> respond/1 running; level D; due Sat 21 Nov 10:05
-> diagnose/1 running; due Sat 21 Nov 12:00
-> no restore

== power upgrade: "only when cause is design_defect", "same day next month, or its last day"
scheme power
case cause=design_defect
Sat 31 Jan 10:00 received C
Sat 31 Jan 10:00 now
-> upgrade/1 running; started Sat 31 Jan 10:00; due Sat 28 Feb 10:00

== power upgrade: an ordinary month
scheme power
case cause=design_defect
Fri 20 Nov 17:50 received A
Fri 20 Nov 18:00 resolved
Fri 20 Nov 18:30 now
-> upgrade/1 met; due Sun 20 Dec 17:50; stopped Fri 20 Nov 18:00

== power upgrade: a month over the end of summer time is the same local time
scheme power
site Europe/Berlin DE
case cause=design_defect
Sat 10 Oct 10:00 received D
Sat 10 Oct 10:00 now
-> upgrade/1 running; due Tue 10 Nov 10:00

== power upgrade: in a leap year
scheme power
case cause=design_defect
Mon 31 Jan 2028 10:00 received D
Mon 31 Jan 2028 10:00 now
-> upgrade/1 running; due Tue 29 Feb 2028 10:00

== infrastructure 1: 15 min, 4 h
scheme infrastructure
Sat 21 Nov 10:00 received 1
Sat 21 Nov 10:05 remote_failed
Sat 21 Nov 10:05 spare_needed
Sat 21 Nov 10:05 now
-> respond/1 running; due Sat 21 Nov 10:15
-> restore/1 running; due Sat 21 Nov 14:00
-> arrive/1 running; due Sat 21 Nov 12:05
-> replace_part/1 running; due Mon 23 Nov 10:05
-> no solution fault_report crisis_record

== infrastructure 2: 15 min, 4 h
scheme infrastructure
Sat 21 Nov 10:00 received 2
Sat 21 Nov 10:05 remote_failed
Sat 21 Nov 10:05 spare_needed
Sat 21 Nov 10:05 now
-> respond/1 running; due Sat 21 Nov 10:15
-> restore/1 running; due Sat 21 Nov 14:00
-> arrive/1 running; due Sat 21 Nov 12:05
-> replace_part/1 running; due Mon 23 Nov 10:05

== infrastructure 3: 30 min, 24 h, arrive 4 h
scheme infrastructure
Sat 21 Nov 10:00 received 3
Sat 21 Nov 10:05 remote_failed
Sat 21 Nov 10:05 spare_needed
Sat 21 Nov 10:05 now
-> respond/1 running; due Sat 21 Nov 10:30
-> restore/1 running; due Sun 22 Nov 10:00
-> arrive/1 running; due Sat 21 Nov 14:05
-> replace_part/1 running; due Mon 23 Nov 10:05

== infrastructure 4: 30 min, 24 h, arrive 4 h; the default level
scheme infrastructure
Sat 21 Nov 10:00 received
Sat 21 Nov 10:05 remote_failed
Sat 21 Nov 10:05 now
-> level 4
-> respond/1 running; level 4; due Sat 21 Nov 10:30
-> restore/1 running; due Sun 22 Nov 10:00
-> arrive/1 running; due Sat 21 Nov 14:05

== infrastructure by e-mail: "30 min (all)", "instead of the row above"; solution 2 h
scheme infrastructure
case channel=email
Sat 21 Nov 10:00 received 1
Sat 21 Nov 10:10 now
-> respond/1 running; due Sat 21 Nov 10:30
-> solution/1 running; due Sat 21 Nov 12:00
-> restore/1 running; due Sat 21 Nov 14:00
-> no respond/2

== infrastructure by e-mail: a raise leaves what does not depend on the level
scheme infrastructure
case channel=email
Sat 21 Nov 10:00 received 4
Sat 21 Nov 10:10 level_confirmed 1
Sat 21 Nov 10:15 diagnosed
Sat 21 Nov 10:20 now
-> respond/1 met; level 4; due Sat 21 Nov 10:30; stopped Sat 21 Nov 10:15
-> solution/1 met; level 4; due Sat 21 Nov 12:00; stopped Sat 21 Nov 10:15
-> restore/1 replaced; level 4; due Sun 22 Nov 10:00; stopped Sat 21 Nov 10:10
-> restore/2 running; level 1; due Sat 21 Nov 14:10

== teleconference: respond 1 h at all levels; the lightest is 4
scheme teleconference
Sat 21 Nov 10:00 received
Sat 21 Nov 10:00 now
-> level 4
-> respond/1 running; due Sat 21 Nov 11:00
-> no restore arrive

== teleconference: "arrive: travel time + 1 h"; an unknown travel time adds nothing
scheme teleconference
Sat 21 Nov 10:00 received 1
Sat 21 Nov 10:30 remote_failed
Sat 21 Nov 10:30 now
-> arrive/1 running; due Sat 21 Nov 11:30

== teleconference: two working days after Christmas in Berlin; 24 h round the clock
scheme teleconference
site Europe/Berlin DE
case travel=60
Thu 24 Dec 09:00 received 2
Thu 24 Dec 10:00 spare_needed
Thu 24 Dec 10:00 now
-> send_spare/1 running; due Fri 25 Dec 10:00
-> spare_on_site/1 running; started Thu 24 Dec 10:00; due Tue 29 Dec 18:00; warn Tue 29 Dec 09:00

== teleconference: 24 h over the end of summer time are 24 hours
scheme teleconference
site Europe/Berlin DE
case travel=60
Sat 24 Oct 09:00 received 2
Sat 24 Oct 12:00 spare_needed
Sun 25 Oct 01:30 remote_failed
Sun 25 Oct 01:30 now
-> send_spare/1 running; due Sun 25 Oct 11:00
-> arrive/1 running; due Sun 25 Oct 02:30+01:00

== teleconference: in spring the lost hour is not counted
scheme teleconference
site Europe/Berlin DE
case travel=60
Sat 28 Mar 22:00 received 2
Sun 29 Mar 01:30 remote_failed
Sun 29 Mar 01:30 now
-> arrive/1 running; due Sun 29 Mar 04:30

== general: 2 h and 24 h, arrive 24 h
scheme general
Sat 21 Nov 10:00 received urgent
Sat 21 Nov 10:30 remote_failed
Sat 21 Nov 10:30 now
-> respond/1 running; due Sat 21 Nov 12:00
-> arrive/1 running; due Sun 22 Nov 10:30

== general normal is the default
scheme general
Sat 21 Nov 10:00 received
Sat 21 Nov 10:30 remote_failed
Sat 21 Nov 10:30 now
-> level normal
-> respond/1 running; due Sun 22 Nov 10:00
-> arrive/1 running; due Sun 22 Nov 10:30

== telecom: at once; arrive in warranty 12 h
scheme telecom
case warranty=yes
Sat 21 Nov 10:00 received
Sat 21 Nov 10:30 remote_failed
Sat 21 Nov 10:30 now
-> level minor
-> respond/1 missed; due Sat 21 Nov 10:05
-> arrive/1 running; due Sat 21 Nov 22:30
-> no change_reply change_delivery inspection_notice inspection_report

== telecom: out of warranty nobody promises to come
scheme telecom
case warranty=no
Sat 21 Nov 10:00 received major
Sat 21 Nov 10:30 remote_failed
Sat 21 Nov 10:30 now
-> no arrive

== telecom: an unknown warranty is not "in warranty"
scheme telecom
case warranty=unknown
Sat 21 Nov 10:00 received major
Sat 21 Nov 10:30 remote_failed
Sat 21 Nov 10:30 now
-> no arrive

== telecom change: "received -> change_answered 168 h"
scheme telecom
case kind=change
Fri 20 Nov 10:00 received
Fri 20 Nov 10:30 now
-> change_reply/1 running; due Fri 27 Nov 10:00
-> no respond arrive change_delivery

== telecom change delivery: "until agreed_at"; a stop exactly then is in time
scheme telecom
case kind=change
Fri 20 Nov 10:00 received
Mon 23 Nov 10:00 change_answered
Tue 24 Nov 10:00 change_confirmed for Fri 4 Dec 18:00
Fri 4 Dec 18:00 change_delivered
Fri 4 Dec 18:30 now
-> change_reply/1 met; stopped Mon 23 Nov 10:00
-> change_delivery/1 met; started Tue 24 Nov 10:00; due Fri 4 Dec 18:00; stopped Fri 4 Dec 18:00; over 0s

== telecom inspection notice: "the close of the 15th working day before", over the National Day holidays
scheme telecom
case kind=inspection
Mon 1 Sep 2025 10:00 received
Mon 1 Sep 2025 11:00 visit_planned for Thu 23 Oct 2025 10:00
Mon 1 Sep 2025 12:00 now
-> inspection_notice/1 running; due Fri 26 Sep 2025 18:00; warn Fri 26 Sep 2025 09:00
-> no respond arrive inspection_report

== telecom inspection notice: over the Spring Festival with its make-up days
scheme telecom
case kind=inspection
Mon 12 Jan 10:00 received
Mon 12 Jan 11:00 visit_planned for Fri 6 Mar 09:00
Mon 9 Feb 18:00 notice_sent
Tue 10 Feb 12:00 now
-> inspection_notice/1 met; due Mon 9 Feb 18:00; stopped Mon 9 Feb 18:00

== telecom inspection notice: "moves when the visit moves"
scheme telecom
case kind=inspection
Mon 12 Jan 10:00 received
Mon 12 Jan 11:00 visit_planned for Fri 6 Mar 09:00
Wed 14 Jan 11:00 visit_planned for Mon 9 Mar 09:00
Wed 14 Jan 12:00 now
-> inspection_notice running; due Tue 10 Feb 18:00
-> next_due Tue 10 Feb 18:00

== telecom inspection notice: the visit moves nearer
scheme telecom
case kind=inspection
Mon 12 Jan 10:00 received
Mon 12 Jan 11:00 visit_planned for Mon 9 Mar 09:00
Wed 14 Jan 11:00 visit_planned for Fri 6 Mar 09:00
Wed 14 Jan 12:00 now
-> inspection_notice running; due Mon 9 Feb 18:00

== telecom inspection notice: a visit planned too late has missed its notice
scheme telecom
case kind=inspection
Mon 2 Mar 10:00 received
Mon 2 Mar 11:00 visit_planned for Fri 6 Mar 09:00
Mon 2 Mar 12:00 now
-> inspection_notice/1 missed; due Mon 9 Feb 18:00; stopped -; remaining 0s

== telecom inspection report: 3 working days after a day before the Spring Festival
scheme telecom
case kind=inspection
Mon 13 Jan 2025 10:00 received
Mon 27 Jan 2025 15:00 visit_done
Mon 27 Jan 2025 16:00 now
-> inspection_report/1 running; due Fri 7 Feb 2025 18:00; warn Fri 7 Feb 2025 09:00

== telecom inspection report: Friday 13 February 2026 + 3 working days
scheme telecom
case kind=inspection
Fri 13 Feb 09:00 received
Fri 13 Feb 10:00 visit_done
Fri 13 Feb 19:00 now
-> inspection_report/1 running; due Wed 25 Feb 18:00

== telecom inspection targets are not paused
scheme telecom
case kind=inspection
Mon 12 Jan 10:00 received
Mon 12 Jan 11:00 visit_planned for Fri 6 Mar 09:00
Mon 12 Jan 12:00 visit_done
Mon 12 Jan 13:00 waiting
Tue 13 Jan 12:00 now
-> inspection_notice/1 running; due Mon 9 Feb 18:00; paused no
-> inspection_report/1 running; due Thu 15 Jan 18:00; paused no

== software A: resolve 12 h from the first working moment, the default
scheme software
Fri 20 Nov 12:30 received
Fri 20 Nov 12:30 now
-> level A
-> resolve/1 running; begun Fri 20 Nov 12:30; started Fri 20 Nov 13:00; due Sat 21 Nov 01:00; elapsed 0s; remaining 12h
-> no start_remote arrive respond

== software C: start remote 12 h, arrive 24 h, no resolve
scheme software
Fri 20 Nov 17:59 received C
Fri 20 Nov 18:00 now
-> start_remote/1 running; started Fri 20 Nov 17:59; due Sat 21 Nov 05:59
-> arrive/1 running; due Sat 21 Nov 17:59
-> no resolve

== software C: a report at the close starts at the next opening
scheme software
Fri 20 Nov 18:00 received C
Fri 20 Nov 18:00 now
-> start_remote/1 running; started Mon 23 Nov 09:00; due Mon 23 Nov 21:00
-> arrive/1 running; started Mon 23 Nov 09:00; due Tue 24 Nov 09:00

== software C: arrive is "void once remote_started comes first"
scheme software
Fri 20 Nov 10:00 received C
Fri 20 Nov 11:00 remote_started
Fri 20 Nov 12:00 now
-> start_remote/1 met; stopped Fri 20 Nov 11:00
-> arrive/1 void; due Sat 21 Nov 10:00; stopped Fri 20 Nov 11:00
-> next_due -

== software C: who has arrived first has kept the promise
scheme software
Fri 20 Nov 10:00 received C
Fri 20 Nov 11:00 arrived
Fri 20 Nov 11:30 remote_started
Fri 20 Nov 12:00 now
-> arrive/1 met; stopped Fri 20 Nov 11:00
-> start_remote/1 met; stopped Fri 20 Nov 11:30

== hardware A: at once round the clock, no reply
scheme hardware
Sat 21 Nov 10:00 received A
Sat 21 Nov 10:00 now
-> respond/1 running; due Sat 21 Nov 10:05
-> no reply

== hardware B on a Saturday: starts on Monday at midnight
scheme hardware
Sat 21 Nov 10:00 received B
Sat 21 Nov 10:00 now
-> respond/1 running; started Mon 23 Nov 00:00; due Mon 23 Nov 00:05; elapsed 0s
-> reply/1 running; started Mon 23 Nov 00:00; due Mon 23 Nov 01:00

== hardware C two minutes before the close
scheme hardware
Fri 20 Nov 17:58 received C
Fri 20 Nov 17:58 now
-> respond/1 running; started Fri 20 Nov 17:58; due Mon 23 Nov 09:03
-> reply/1 running; due Mon 23 Nov 10:58

== hardware C over lunch
scheme hardware
Fri 20 Nov 11:30 received C
Fri 20 Nov 12:30 now
-> respond/1 missed; due Fri 20 Nov 11:35; over 25m; elapsed 30m
-> reply/1 running; due Fri 20 Nov 14:30; elapsed 30m; remaining 1h30m

== hardware C five minutes before the close: a deadline at closing time is closing time
scheme hardware
Fri 20 Nov 17:55 received C
Fri 20 Nov 17:56 now
-> respond/1 running; due Fri 20 Nov 18:00

== hardware B on a make-up Saturday before a Sunday off
scheme hardware
Sat 14 Feb 23:30 received B
Sat 14 Feb 23:30 now
-> reply/1 running; due Tue 24 Feb 00:30

== hardware D: "planned maintenance, no targets", and the default
scheme hardware
Fri 20 Nov 10:00 received
Fri 20 Nov 10:30 remote_failed
Fri 20 Nov 10:30 now
-> level D
-> no respond reply arrive
-> next_due -
* none

== hardware A arrive: "1 h for a local site (travel time up to 60 min)"
scheme hardware
case travel=60
Sat 21 Nov 10:00 received A
Sat 21 Nov 10:30 remote_failed
Sat 21 Nov 10:30 now
-> arrive/1 running; due Sat 21 Nov 11:30

== hardware A arrive: "else travel time + 1 h"
scheme hardware
case travel=61
Sat 21 Nov 10:00 received A
Sat 21 Nov 10:30 remote_failed
Sat 21 Nov 10:30 now
-> arrive/1 running; due Sat 21 Nov 12:31

== hardware A arrive: unknown travel time
scheme hardware
Sat 21 Nov 10:00 received A
Sat 21 Nov 10:30 remote_failed
Sat 21 Nov 10:30 now
-> arrive/1 running; due Sat 21 Nov 11:30

== hardware B arrive: start moved to 5x24, counted 24x7
scheme hardware
Sat 21 Nov 10:00 received B
Sat 21 Nov 10:30 remote_failed
Sat 21 Nov 10:30 now
-> arrive/1 running; started Mon 23 Nov 00:00; due Tue 24 Nov 00:00

== hardware B arrive on a Friday night runs over the weekend
scheme hardware
Fri 20 Nov 23:00 received B
Fri 20 Nov 23:30 remote_failed
Fri 20 Nov 23:30 now
-> arrive/1 running; started Fri 20 Nov 23:30; due Sat 21 Nov 23:30

== hardware C arrive in the lunch break
scheme hardware
Thu 19 Nov 09:00 received C
Thu 19 Nov 12:15 remote_failed
Thu 19 Nov 12:15 now
-> arrive/1 running; started Thu 19 Nov 13:00; due Sun 22 Nov 13:00

== Thai holidays in Bangkok: Monday 7 December is a day off in lieu
scheme hardware
site Asia/Bangkok TH
Fri 4 Dec 23:30 received B
Fri 4 Dec 23:30 now
-> reply/1 running; due Tue 8 Dec 00:30

== Thai holidays in Bangkok: Constitution Day
scheme hardware
site Asia/Bangkok TH
Wed 9 Dec 17:00 received C
Wed 9 Dec 17:00 now
-> reply/1 running; due Fri 11 Dec 10:00

== Bangkok on power knows no holidays
scheme power
site Asia/Bangkok TH
Mon 7 Dec 23:30 received B
Mon 7 Dec 23:30 now
-> restore/1 running; due Tue 8 Dec 01:30

== kind question has the usual targets
scheme infrastructure
case kind=question
Sat 21 Nov 10:00 received
Sat 21 Nov 10:00 now
-> respond/1 running; due Sat 21 Nov 10:30
-> restore/1 running; due Sun 22 Nov 10:00

== kind complaint has the usual targets
scheme general
case kind=complaint
Sat 21 Nov 10:00 received
Sat 21 Nov 10:00 now
-> respond/1 running; due Sun 22 Nov 10:00

== "Schemes without such targets promise them nothing": a change
scheme infrastructure
case kind=change channel=email
Sat 21 Nov 10:00 received
Sun 22 Nov 18:00 now
-> no respond restore solution
-> next_due -
* none

== "Schemes without such targets promise them nothing": an inspection
scheme power
case kind=inspection cause=design_defect
Sat 21 Nov 10:00 received
Sun 22 Nov 18:00 now
-> no respond restore diagnose upgrade
* none
