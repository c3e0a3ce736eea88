# The worked examples of the contract, to the letter.

== infrastructure 3: received Fri 20 Nov 2026 17:50
scheme infrastructure
Fri 20 Nov 17:50 received 3
Fri 20 Nov 17:50 now
-> respond/1 running; due Fri 20 Nov 18:20
-> restore/1 running; due Sat 21 Nov 17:50

== infrastructure 3: same, nothing done
scheme infrastructure
Fri 20 Nov 17:50 received 3
Fri 20 Nov 17:58 responded
Sun 22 Nov 02:00 now
-> level 1
-> respond/1 met; level 3; due Fri 20 Nov 18:20; stopped Fri 20 Nov 17:58; elapsed 8m
-> restore/1 missed; level 3; started Fri 20 Nov 17:50; due Sat 21 Nov 17:50; stopped -; elapsed 24h; remaining 0s; over 0s
-> restore/2 missed; level 2; started Sat 21 Nov 17:50; due Sat 21 Nov 21:50; stopped -; elapsed 4h; over 0s
-> restore/3 missed; level 1; started Sat 21 Nov 21:50; due Sun 22 Nov 01:50; stopped -; elapsed 4h10m; over 10m; remaining 0s
-> crisis_record/1 running; level 1; started Sun 22 Nov 01:50; due Sun 22 Nov 02:50
-> next_due Sun 22 Nov 01:50
-> no restore/4 respond/2
* Sat 21 Nov 05:50 loaner_requested
* Sat 21 Nov 11:50 clock_warned restore/1
* Sat 21 Nov 17:50 clock_missed restore/1
* Sat 21 Nov 17:50 level_raised 2
* Sat 21 Nov 20:50 clock_warned restore/2
* Sat 21 Nov 21:50 clock_missed restore/2
* Sat 21 Nov 21:50 level_raised 1
* Sun 22 Nov 00:50 clock_warned restore/3
* Sun 22 Nov 01:50 clock_missed restore/3
* Sun 22 Nov 01:50 crisis_opened
explain restore/1
| counted Fri 20 Nov 17:50 - Sat 21 Nov 17:50
explain restore/3
| counted Sat 21 Nov 21:50 - Sun 22 Nov 01:50
| over Sun 22 Nov 01:50 - Sun 22 Nov 02:00

== infrastructure 2: restored Fri 20 Nov 2026 16:00
scheme infrastructure
Fri 20 Nov 15:00 received 2
Fri 20 Nov 16:00 restored
Fri 20 Nov 16:30 now
-> fault_report/1 running; started Fri 20 Nov 16:00; due Mon 23 Nov 18:00; warn Mon 23 Nov 09:00; elapsed 30m
-> next_due Mon 23 Nov 18:00
explain fault_report/1
| closed Fri 20 Nov 16:00 - Sat 21 Nov 00:00
| closed Sat 21 Nov 00:00 - Sun 22 Nov 00:00
| closed Sun 22 Nov 00:00 - Mon 23 Nov 00:00
| counted #1 Mon 23 Nov 00:00 - Mon 23 Nov 18:00

== software A: received Fri 20 Nov 2026 17:30
scheme software
Fri 20 Nov 17:30 received A
Fri 20 Nov 17:30 now
-> resolve/1 running; started Fri 20 Nov 17:30; due Sat 21 Nov 05:30

== software A: received Fri 20 Nov 2026 18:30
scheme software
Fri 20 Nov 18:30 received A
Fri 20 Nov 18:30 now
-> resolve/1 running; begun Fri 20 Nov 18:30; started Mon 23 Nov 09:00; due Mon 23 Nov 21:00
explain resolve/1
| closed Fri 20 Nov 18:30 - Mon 23 Nov 09:00
| counted Mon 23 Nov 09:00 - Mon 23 Nov 21:00

== software A: received Fri 13 Feb 2026 19:00
scheme software
Fri 13 Feb 19:00 received A
Fri 13 Feb 19:00 now
-> resolve/1 running; started Sat 14 Feb 09:00; due Sat 14 Feb 21:00

== software B: received Sat 14 Feb 2026 18:00
scheme software
Sat 14 Feb 18:00 received B
Sat 14 Feb 18:00 now
-> resolve/1 running; started Tue 24 Feb 09:00; due Wed 25 Feb 09:00

== hardware B: received Fri 20 Nov 2026 23:30
scheme hardware
Fri 20 Nov 23:30 received B
Fri 20 Nov 23:30 now
-> reply/1 running; started Fri 20 Nov 23:30; due Mon 23 Nov 00:30
explain reply/1
| counted Fri 20 Nov 23:30 - Sat 21 Nov 00:00
| closed Sat 21 Nov 00:00 - Mon 23 Nov 00:00
| counted Mon 23 Nov 00:00 - Mon 23 Nov 00:30

== hardware C: received Fri 20 Nov 2026 17:00, remote_failed 19:00
scheme hardware
Fri 20 Nov 17:00 received C
Fri 20 Nov 19:00 remote_failed
Fri 20 Nov 19:00 now
-> reply/1 running; due Mon 23 Nov 10:00; elapsed 1h; remaining 1h
-> arrive/1 running; begun Fri 20 Nov 19:00; started Mon 23 Nov 09:00; due Thu 26 Nov 09:00; elapsed 0s
explain reply/1
| counted Fri 20 Nov 17:00 - Fri 20 Nov 18:00
| closed Fri 20 Nov 18:00 - Mon 23 Nov 09:00
| counted Mon 23 Nov 09:00 - Mon 23 Nov 10:00
explain arrive/1
| closed Fri 20 Nov 19:00 - Mon 23 Nov 09:00
| counted Mon 23 Nov 09:00 - Thu 26 Nov 09:00

== teleconference 2, site 90 min away
scheme teleconference
case travel=90
Wed 18 Nov 09:30 received 2
Wed 18 Nov 09:40 responded
Wed 18 Nov 10:00 remote_failed
Wed 18 Nov 12:10 arrived
Wed 18 Nov 15:00 now
-> arrive/1 met; due Wed 18 Nov 12:30; stopped Wed 18 Nov 12:10; elapsed 2h10m
-> send_spare/1 running; started Wed 18 Nov 14:10; due Thu 19 Nov 14:10
-> spare_on_site/1 running; started Wed 18 Nov 14:10; due Fri 20 Nov 18:00; warn Fri 20 Nov 09:00
* Wed 18 Nov 11:52:30 clock_warned arrive/1
* Wed 18 Nov 14:10 spare_needed
explain spare_on_site/1
| closed Wed 18 Nov 14:10 - Thu 19 Nov 00:00
| counted #1 Thu 19 Nov 00:00 - Fri 20 Nov 00:00
| counted #2 Fri 20 Nov 00:00 - Fri 20 Nov 18:00
