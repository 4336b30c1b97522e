"""Accounts of the evaluation: a daily rate with trend, level changes, weekdays and overdispersion, and in
it purchases, viral days, drips, gaps and purges whose truth is kept here and never written down."""

import csv
import datetime
import math

from evaluate_people import (
    BIO_TEXT, CREATED, DAY, FAKE, FAVOURITES, FOLLOWED, FOLLOWERS, FRIENDS, ID, IMAGE, LISTED, PADDED, STATUSES,
    Crowd, People, Seller)

COLUMNS = ["id", "screen_name", "created_at", "followed_at", "followers", "friends", "statuses", "favourites",
           "listed", "default_image", "description"]


def iso(seconds):
    return datetime.datetime.fromtimestamp(int(seconds), datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


class Event:
    """What truly happened from day `start` to day `end` (inclusive).

    `kind`: bought, viral, drip, gap; `times`: extra followers of the busiest day in usual days.
    """

    def __init__(self, kind, start, end, times=0.0, quality=None, fakes=0):
        self.kind, self.start, self.end = kind, start, end
        self.times, self.quality, self.fakes = times, quality, fakes

    @property
    def is_padded(self):
        return self.quality in PADDED


class Account:
    """One account's list, day by day."""

    def __init__(self, draws, rate=None, days=None, fresh=None, block=None):
        self.draws = draws
        self.days = days or draws.randint(300, 700)
        self.first = int(datetime.datetime(draws.randint(2016, 2022), 1, 1, tzinfo=datetime.timezone.utc)
                         .timestamp()) + draws.randint(0, 364) * DAY
        self.rate = rate or draws.log_uniform(5, 300)
        self.alpha = draws.log_uniform(.01, .4)
        self.people = People(draws)
        self.crowd = Crowd(draws, self.days)
        if fresh:
            self.crowd.fresh = fresh
        if block:
            ended, width, part = block
            last = self.first - ended * DAY
            self.crowd.block = (last - width * DAY, last, part)
        self.events = []
        self.rows = []
        self.expected = self.course()
        self.wave = draws.uniform(0, .8)
        self.peak = draws.random()
        for day, mean in enumerate(self.expected):
            for _ in range(draws.overdispersed(mean, self.alpha)):
                self.rows.append(self.crowd.member(self.people, day, self.moment(day)))

    def course(self):
        """Expected organic followers of each day."""
        draws = self.draws
        trend = draws.uniform(-.8, .8)
        season, phase = draws.uniform(0, .2), draws.uniform(0, 6.28)
        weekend = draws.uniform(.5, 1.2)
        week = [math.exp(draws.gauss(0, .08)) * (weekend if d > 4 else 1) for d in range(7)]
        steps = [(draws.randint(30, self.days - 30), draws.log_uniform(.55, 1.8))
                 for _ in range(draws.choice((0, 0, 0, 1, 1, 2)))]
        course = []
        for day in range(self.days):
            level = self.rate * math.exp(trend * (day / self.days - .5) + season * math.sin(day / 58 + phase))
            for start, factor in steps:
                level *= factor if day >= start else 1
            course.append(level * week[day % 7])
        return course

    def moment(self, day):
        """A time of this day; people sleep."""
        draws = self.draws
        while True:
            at = draws.random()
            if draws.random() * (1 + self.wave) < 1 + self.wave * math.cos(6.2832 * (at - self.peak)):
                return self.first + (day + at) * DAY

    def usual(self, day):
        """The level around a day, without weekdays."""
        near = self.expected[max(0, day - 3):day + 4]
        return sum(near) / len(near)

    def free_day(self, length, margin=12):
        """A start so that nothing else is near; None where there is no room."""
        for _ in range(60):
            start = self.draws.randint(margin, self.days - length - margin)
            if all(start > e.end + 14 or start + length + 14 < e.start for e in self.events):
                return start
        return None

    # Events

    def buy(self, seller=None, stock=None, quality=None):
        """A block of 2 to 20 usual days' followers, delivered in 1 to 5 days; `stock`: people to take it from."""
        draws = self.draws
        days = draws.choice((1, 1, 1, 2, 2, 3, 4, 5))
        start = self.free_day(days)
        if start is None:
            return None
        usual = self.usual(start)
        size = max(12, draws.log_uniform(2, 20) * usual)
        if stock:
            size = len(stock)
        hours = draws.choice((6, 24, 24)) / 24
        seller = seller or Seller(draws, quality, self.first + start * DAY)
        fake_share = draws.uniform(.75, 1)
        weights = [draws.uniform(.6, 1.4) for _ in range(days)]
        count = 0
        loaded = list(stock) if stock else None
        kept = draws.uniform(.5, 1) if draws.chance(.25) else 1.0
        daily = []
        for index, weight in enumerate(weights):
            part = round(size * weight / sum(weights))
            begin = self.first + (start + index) * DAY + draws.random() * (1 - hours) * DAY
            left = 0
            for _ in range(part):
                followed = begin + draws.random() * hours * DAY
                if loaded is not None:
                    if not loaded:
                        break
                    fake = list(loaded.pop())
                    fake[FOLLOWED] = followed
                elif draws.chance(fake_share):
                    fake = seller.fake(self.people, followed)
                else:
                    fake = self.crowd.member(self.people, start, followed)
                # Some sellers' accounts are gone again before the capture.
                if fake[FAKE] and not draws.chance(kept):
                    continue
                count += fake[FAKE]
                left += 1
                self.rows.append(fake)
            daily.append(left)
        event = Event("bought", start, start + days - 1, max(daily) / usual, seller.quality, count)
        self.events.append(event)
        return event

    def go_viral(self):
        """Attention that rises within a day or two and decays over days."""
        draws = self.draws
        half_life = draws.log_uniform(.3, 4)
        decay = .5 ** (1 / half_life)
        rising = draws.choice((0, 0, 1, 2))
        length = rising + max(1, math.ceil(3.3 * half_life))
        start = self.free_day(length, margin=16)
        if start is None:
            return None
        peak = draws.log_uniform(2, 20) * self.usual(start)
        youth, quieter = draws.uniform(.3, 1.1), draws.uniform(-.05, .25)
        power = draws.chance(.3)
        most, last = 0, start
        for index in range(length + 25):
            day = start + index
            if day >= self.days:
                break
            after = index - rising
            if after < 0:
                mean = peak * (index + 1) / (rising + 2)
            else:
                mean = peak * ((1 + after) ** (-1.2 / half_life ** .5) if power else decay ** after)
            came = draws.overdispersed(mean, .03)
            most = max(most, came)
            if mean > .35 * self.usual(day):
                last = day
            for _ in range(came):
                at = self.moment(day)
                if after == 0 and rising == 0:
                    at = self.first + (day + draws.random() ** .7) * DAY
                self.rows.append(self.crowd.member(self.people, day, at, youth, quieter))
        event = Event("viral", start, last, most / self.usual(start))
        self.events.append(event)
        return event

    def drip(self):
        """At least 100 fakes in 30 to 200 days, at most six tenths of the usual a day."""
        draws = self.draws
        days = draws.randint(30, min(200, self.days - 120))
        start = draws.randint(60, self.days - days - 14)
        share = draws.log_uniform(.08, .6)
        quality = draws.choice(("crude", "crude scattered", "aged", "two batches", "padded"))
        sellers = [Seller(draws, quality, self.first + start * DAY)
                   for _ in range(1 if quality == "crude scattered" else draws.randint(1, 3))]
        usual = sum(self.expected[start:start + days]) / days
        per_day = max(share * usual, 110 / days)
        fakes = 0
        for day in range(start, start + days):
            for _ in range(draws.poisson(per_day)):
                self.rows.append(draws.choice(sellers).fake(self.people, self.moment(day)))
                fakes += 1
        event = Event("drip", start, start + days - 1, per_day / usual, quality, fakes)
        self.events.append(event)
        return event

    def lose_days(self):
        """A gap of collection; half the time what was missed comes on the day after."""
        draws = self.draws
        days = draws.randint(3, 10)
        start = self.free_day(days)
        if start is None:
            return
        begin, end = self.first + start * DAY, self.first + (start + days) * DAY
        caught_up = draws.chance(.5)
        kept = []
        for row in self.rows:
            if begin <= row[FOLLOWED] < end:
                if not caught_up:
                    continue
                row[FOLLOWED] = end + draws.random() * DAY / 2
            kept.append(row)
        self.rows = kept
        self.events.append(Event("gap", start, start + days))

    def purge(self):
        """A part of the poor-looking followers so far is removed."""
        draws = self.draws
        at = self.first + draws.randint(self.days // 3, self.days - 10) * DAY
        share = draws.uniform(.1, .5)
        self.rows = [row for row in self.rows
                     if row[FOLLOWED] > at or row[STATUSES] > 5 or row[FOLLOWERS] > 15 or not draws.chance(share)]

    # Files

    def date(self, day):
        return iso(self.first + day * DAY)[:10]

    def day(self, date):
        """The number of a date."""
        at = datetime.datetime.fromisoformat(date).replace(tzinfo=datetime.timezone.utc).timestamp()
        return round((at - self.first) / DAY)

    @property
    def years(self):
        return self.days / 365.25

    def write(self, path):
        """Newest first."""
        with open(path, "w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(COLUMNS)
            for row in sorted(self.rows, key=lambda row: -row[FOLLOWED]):
                writer.writerow((
                    row[ID], f"u{row[ID] % 1_000_003}", iso(row[CREATED]), iso(row[FOLLOWED]), row[FOLLOWERS],
                    row[FRIENDS], row[STATUSES], row[FAVOURITES], row[LISTED], "true" if row[IMAGE] else "false",
                    row[BIO_TEXT]))
