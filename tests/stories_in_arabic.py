"""A story in Arabic, of our own writing, with all that a page of it shows."""

from __future__ import annotations

from datetime import UTC, datetime

from articles.models import Article
from tests.factories import make_appearance, make_article, make_location, make_organisation, make_person, make_quote

SAID = "«البحر لا ينتظر أحدًا، ونحن أيضًا لا ننتظر»"
WIRED = "“We sail tonight, rain or no rain,”"
BODY = (
    f"<p>{SAID}، قالت ليلى الحمداني، مديرة مرفأ الإسكندرية، يوم الجمعة وهي تنظر إلى الرصيف الخالي.</p>"
    "<p>وكانت العبّارة قد توقفت أسبوعًا كاملًا بسبب العواصف، فنفد الخبز من المتاجر الصغيرة وتأخر البريد. وتقول شركة"
    " Nile Ferries إن 12 سفينة ستبحر قبل 15 مايو 2031، وإن التذاكر تباع في المحطة وعلى متن السفينة.</p>"
    f"<p>وكتبت القبطانة آنا لوبيز في برقية قصيرة: {WIRED} ثم أطفأت أضواء الميناء.</p>"
    "<ul><li>رحلة في الصباح</li><li>رحلة في المساء</li></ul>"
    "<p>ويجلس الصيادون كل مساء عند المنارة القديمة، يشربون الشاي ويعدّون الأمواج، ويقولون إن الريح ستهدأ قبل"
    " القمر الجديد.</p>"
)


def make_arabic_story() -> Article:
    laila = make_person("ليلى الحمداني", aliases=("الحمداني",), description="تدير المرفأ منذ عشر سنوات.")
    ana = make_person("آنا لوبيز")
    harbour = make_organisation("مرفأ الإسكندرية")
    ferries = make_organisation("Nile Ferries")
    city = make_location("الإسكندرية", country="EG", latitude=31.2, longitude=29.92)
    story = make_article(
        headline="العبّارة تعود إلى الميناء بعد أسبوع من العواصف",
        standfirst="سكان الجزيرة ينتظرون الدواء والخبز، والمرفأ يعد برحلتين في اليوم.",
        body=BODY,
        language="ar",
        published=datetime(2031, 5, 1, 9, 30, tzinfo=UTC),
        published_has_time=True,
        tags=("عبّارات", "Weather"),
        byline=("سلمى نصر", "Ben Marsh"),
        dateline_place="الإسكندرية",
        end_notes=["تحرير: كريم فؤاد"],
        publisher="Tidewire",
        address="https://example.org/ferry-returns",
    )
    for entity in (laila, ana, harbour, ferries, city):
        make_appearance(story, entity, role="مديرة مرفأ الإسكندرية" if entity == laila else "")
    make_quote(story, SAID, speaker=laila)
    make_quote(story, WIRED, speaker=ana, language="en")
    return story
