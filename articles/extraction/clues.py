"""Words that tell what the capitalised words beside them are, and words that are names and something else."""

from __future__ import annotations

import re

# Titles that are surnames, too: “Stephen King” holds no crown, “James Dean” heads no faculty.
SURNAMES_TOO = frozenset(
    "abbot archer baker barman bass bishop butcher butler canon cardinal carpenter carter chancellor clerk "
    "constable cook coach deacon dean driver duke earl elder farmer fisher forester gardener guard guide head "
    "judge justice king knight lock major marshal mason miner monk nunn page partner pope porter priest prince "
    "prior prop reader sergeant shepherd singer skipper star teacher trader twin ward winger miller child friend "
    "justice chief general baron lord".split()
)
# Titles that are given names, too, where the story tells of no dean and no earl.
GIVEN_TOO = frozenset({"Dean", "Earl"})
# Clues of places and organisations that are surnames, too: Damian Green, Harriet Lane, Jo Banks.
NAMES_TOO = frozenset(
    "Green Hill Hills Lane Cross Church Banks Brooks Brook Field Fields Park Forest Castle Hall Temple Rivers "
    "Woods Lake Bridge Street Post Wall Gates Close Heights Moor Common Day Law Bill Knight Marsh Court House "
    "Price Winter Summer Rose West North East South Sound Cape Bay Beach Camp Farm Market Mail Order Power Record "
    "Register Standard Parish Club Shore Storm Cliffs Dock Dam Brothers Sons Guild Watch Grace Young Corner Gate "
    "Glass Mills".split()
)
DAYS = frozenset(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun".split()
)
MONTHS = frozenset(
    "January February March April May June July August September October November December Jan Feb Mar Apr Jun "
    "Jul Aug Sep Sept Oct Nov Dec".split()
)
# What a part of a person's name looks like: Berg, O’Rourke, al-Eryani.
NAME = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
# “Oslo-based Ann Li”, “Mother-of-two Ann Li”
COMPOUND = re.compile(r"[^\W\d_]+(?:-[a-z]+)+")
POSTNOMINALS = frozenset("QC KC SC MP MEP MSP MBE OBE CBE KBE DBE PhD MD RN Esq".split())
# Pablo Diego José Francisco de Paula Picasso has seven; what is longer is a list without commas.
LONGEST_PERSON = 7
# Park Won-soon, Ri Kum-sil: the second syllable of a Korean given name is printed small.
KOREAN = re.compile(r"[A-Z][a-z]+[-‐–][a-z]{2,}")
# “Will”, “May” and their like open more questions and wishes than they name people.
MODALS = frozenset({"Will", "May", "Can", "Art", "Do"})
LOCATIVE = frozenset(
    {
        "in",
        "at",
        "from",
        "near",
        "to",
        "outside",
        "around",
        "across",
        "into",
        "through",
        "toward",
        "towards",
        "inside",
        "throughout",
        "above",
        "below",
    }
)
# After these an unknown name is rather a place; “to” and “from” people write letters.
PLACING = frozenset({"in", "at", "near", "outside", "across", "around", "inside", "throughout"})
BUSINESSES = frozenset(
    "company firm newspaper daily weekly magazine journal group band club party agency charity restaurant website "
    "retailer airline startup start-up chain publisher manufacturer supermarket organisation "
    "organization outlet co-operative cooperative collective shipyard brewery distillery bank insurer broker "
    "consultancy union tabloid broadcaster operator developer contractor brewer builder builders architects "
    "solicitors accountants brewers publishers".split()
)
# What stands after one of these is a ship, which bears the name of a person or a place: “the trawler Ann Li”.
VESSELS = frozenset(
    "trawler ferry tanker freighter frigate destroyer submarine yacht schooner sloop cutter lifeboat tug tugboat "
    "barge liner icebreaker steamer corvette minesweeper battleship warship vessel ship boat ketch dredger MV MS "
    "MT SS HMS USS RMS RV FV HMAS HMCS HMNZS".split()
)
# Words that stand inside the names of companies in Romance languages: Ferrovie del Ponente, Bateaux du Lac.
ROMANCE = frozenset({"de", "del", "della", "dei", "des", "di", "do", "du", "da", "dos", "das"})
# Places that people work at, and that are organisations where they have an acronym.
MANNED = frozenset({"Station", "Centre", "Center", "Laboratory", "Observatory"})
