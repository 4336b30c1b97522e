"""Followers of the evaluation: organic ones, and bought ones from crude to well padded.

A person is a list: id, created, followed (seconds since 1970), statuses, favourites, followers, friends,
listed, default_image, description, is_fake.
"""

import math

DAY = 86_400
PLATFORM_START = 1_142_899_200  # 2006-03-21
SNOWFLAKE_EPOCH = 1_288_834_974.657
BIO = "Abcde fghi jklm"

ID, CREATED, FOLLOWED, STATUSES, FAVOURITES, FOLLOWERS, FRIENDS, LISTED, IMAGE, BIO_TEXT, FAKE = range(11)


class People:
    """Makes people with ids of their own."""

    def __init__(self, draws):
        self.draws = draws
        self.made = 0

    def identity(self, created):
        """A snowflake of the creation time; the sequence keeps it apart."""
        self.made += 1
        millis = max(0, int((created - SNOWFLAKE_EPOCH) * 1000))
        return millis << 22 | self.draws.getrandbits(10) << 12 | self.made & 4095

    def person(self, created, followed, numbers, empty_image, has_bio, is_fake):
        created = max(PLATFORM_START, min(created, followed - 60))
        statuses, favourites, followers, friends, listed = (max(0, int(n)) for n in numbers)
        return [self.identity(created), created, followed, statuses, favourites, followers, friends, listed,
                self.draws.chance(empty_image), BIO if self.draws.chance(has_bio) else "", is_fake]


class Crowd:
    """The organic followers of one account: mix and medians are its own and move slowly."""

    def __init__(self, draws, days):
        self.draws = draws
        self.days = days
        self.quiet = draws.uniform(.2, .4)
        self.poor = draws.uniform(.04, .22)
        self.drift = draws.uniform(-.05, .05)
        self.wave = draws.uniform(0, .04)
        self.wave_phase = draws.uniform(0, 6.28)
        self.fresh = draws.uniform(.07, .2)
        self.age = draws.log_uniform(250, 900)
        self.age_sigma = draws.uniform(1, 1.5)
        self.scale = [draws.log_normal(1, .4) for _ in range(4)]
        # Stretches in which more (or fewer) of the platform's accounts were made: days before the first, width, factor.
        self.waves = [(draws.uniform(-days, 1500), draws.uniform(10, 60), draws.log_uniform(.5, 3))
                      for _ in range(draws.randint(0, 4))]
        self.most = max([1.0] + [factor for _, _, factor in self.waves])
        # Dates that a part of all were made on: first, last, part.
        self.block = (0, 0, 0)

    def created(self, day, followed, youth):
        draws = self.draws
        if draws.chance(self.fresh):
            # Many first follows come minutes after signing up: a tenth and more of real lists are records (methods 5).
            return followed - draws.random() ** 3 * 2 * DAY
        first, last, part = self.block
        if part and draws.chance(part):
            return draws.uniform(first, last)
        while True:
            age = draws.log_normal(self.age * youth, self.age_sigma)
            # The platform grew for its first four years.
            weight = min(1.0, (followed - age * DAY - PLATFORM_START) / (1461 * DAY))
            for back, width, factor in self.waves:
                if back <= age - day < back + width:
                    weight *= factor
            if draws.random() * self.most < weight:
                return followed - age * DAY

    def member(self, people, day, followed, youth=1.0, quieter=0.0):
        """One organic follower of this day."""
        draws = self.draws
        created = self.created(day, followed, youth)
        moved = self.drift * day / self.days + self.wave * math.sin(day / 58 + self.wave_phase)
        kind = draws.random()
        age = max(1.0, (followed - created) / DAY)
        early = min(1.0, (age / 300) ** .5)
        if kind < self.poor + moved:
            numbers = (draws.random() * 6, draws.random() * 12, draws.random() * 16,
                       draws.uniform(200, 2000), 0)
            return people.person(created, followed, numbers, .5, .1, False)
        if kind < self.poor + moved + self.quiet + quieter:
            followers = draws.log_normal(25 * self.scale[3], 1)
            numbers = (draws.random() * 30, draws.log_normal(15, 1.5), followers,
                       followers * draws.log_normal(1, .5), 0)
            return people.person(created, followed, numbers, .2, .25, False)
        numbers = (draws.log_normal(600 * self.scale[0] * early, 1.6), draws.log_normal(300, 1.8),
                   draws.log_normal(150 * self.scale[1] * early, 1.3),
                   draws.log_normal(500 * self.scale[2], 1), draws.log_normal(1, 1.2))
        return people.person(created, followed, numbers, .03, .55, False)


# How a seller's accounts look: statuses, favourites, followers, friends as (median, sigma); default image, bio;
# creation: (windows, least days, most days, least age, most age), or scattered over years.
QUALITIES = {
    "crude": ((2, .8), (1, 1), (6, .8), (700, .6), .5, .1, (1, 5, 40)),
    "crude scattered": ((2, .8), (1, 1), (6, .8), (700, .6), .5, .1, None),
    "aged": ((18, 1.1), (6, 1.3), (14, .8), (380, .6), .12, .35, (1, 40, 250)),
    "two batches": ((9, 1.2), (3, 1.2), (11, .8), (500, .6), .25, .25, (2, 10, 60)),
    "padded": ((160, .7), (60, .9), (90, .6), (330, .5), .02, .65, (1, 20, 150)),
    "padded aged": ((300, 1), (90, 1.2), (130, .9), (420, .7), .03, .6, (1, 60, 300)),
    "padded scattered": ((160, .8), (60, 1), (90, .8), (330, .6), .02, .65, None),
}
PADDED = {"padded", "padded aged", "padded scattered"}


class Seller:
    """A stock of fakes of one quality."""

    def __init__(self, draws, quality, sold):
        self.draws = draws
        self.quality = quality
        (self.statuses, self.favourites, self.followers, self.friends, self.image, self.bio,
         windows) = QUALITIES[quality]
        self.vary = [draws.log_normal(1, .25) for _ in range(4)]
        self.windows = []
        if windows:
            count, least, most = windows
            for _ in range(count):
                width = draws.log_uniform(least, most) * DAY
                end = sold - draws.log_uniform(35, 900) * DAY
                self.windows.append((end - width, end))

    def fake(self, people, followed):
        draws = self.draws
        if self.windows:
            created = draws.uniform(*draws.choice(self.windows))
        else:
            created = followed - draws.uniform(20, 1100) * DAY
        numbers = [draws.log_normal(median * factor, sigma) for (median, sigma), factor in
                   zip((self.statuses, self.favourites, self.followers, self.friends), self.vary)]
        return people.person(created, followed, (*numbers, 0), self.image, self.bio, True)
