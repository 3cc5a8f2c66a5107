"""Announcements of a campaign that does not exist, in the shapes in which real ones are pasted."""

ENGLISH = """This page is also available in: Korean, French

When: Wednesday, Sept. 22 at 12 p.m.
Where: In front of the Norwegian Embassy in Canberra (Parliament Station exit 4, map)
What: Rally for free rivers organised by River Friends.
Contact:

Following the rally, join RFA for our Evening Fundraiser Dinner at 7:30 p.m. in Braddon. All gifts go to the boats.

Message from River Friends: We ask for water on the 20th anniversary of the day in 2007 when the dam was closed. \
More than 40 groups carry this letter.

The water has been low since 2019, and we will keep walking until it rises.

Open letter to be handed in at the embassy:

September 20, 2027
His Excellency Ola Nordmann
Prime Minister, Kingdom of Norway
c/o Ambassador Kari Nordmann
Royal Embassy of Norway
17 Hunter Street, Yarralumla, Canberra, 26001, Australia

Dear Prime Minister:

We write with over 40 river groups, and with thousands of fishers, to ask for an open gate.

Already nearly 12,400 boats have been laid up, in at least thirty harbours. Article 3 of the treaty asks for more.

We ask you to open the gate before winter.

Respectfully yours,
River Friends
Canberra Boat Club
"""

KOREAN = """맑은 강을 위한 공동 행동

○ 일 시 : 2027년 9월 22일 (수) 낮 12시
○ 장 소 : 서울 노르웨이대사관 앞 (안국역 3번 출구)
○ 주 최 : 강사랑모임, 맑은물연대
○ 내 용 : 강을 위한 기자회견

같은 날 오후 9시에 이태원에서 후원의 밤이 열립니다.

총리께 보내는 서한

2027년 9월 22일
올라 노르만 총리 귀하
주한 노르웨이대사관
서울특별시 종로구 율곡로 1, 110-033, 대한민국

존경하는 총리님께,

저희는 70여 개 단체와 함께 이 글을 드립니다. 이미 2만 7,500명 이상이 강가를 떠났습니다.

수문을 열어 주시기를 부탁드립니다.

강사랑모임 올림
"""

TABLE = """Day of the rivers, 22 September 2027

City | Date | Time | Place
--- | --- | --- | ---
Seoul | 22 September 2027 | 12:00 | Embassy of Norway
Lagos | Monday 21 September 2027 | noon | Consulate of Norway, Victoria Island
Lima | 22 September 2027 | 6 p.m. | Plaza San Martín

Please bring the letter with you to the gate of the embassy.
"""


def without(text: str, words: str) -> str:
    """Give a text without the line that holds these words."""
    assert words in text
    return "\n".join(line for line in text.split("\n") if words not in line)
