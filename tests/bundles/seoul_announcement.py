"""The facts and the layout of the announcement for Seoul in 2012, in words of our own: theirs are not ours to copy."""

SEOUL = """Read this post in another language, also available in: Korean

When: Saturday, Sept. 22 at 12 p.m.
Where: Opposite the Chinese Embassy in Seoul (Gyeongbokgung Station exit 2, map)
What: One demonstration of many around the world, organized by North Korean Freedom Coalition.
More info:

Following the demonstration, come and join JFNK for our Autumn Fundraiser Evening at 9 p.m. in Itaewon. What you give \
goes to those who fled the North and now live in China.

Message from North Korean Freedom Coalition: Which city will you stand in on September 22nd? We stand up for people \
who fled, because on this September 22 it is the 30th anniversary of the day in 1982 when China bound itself to the \
Convention of 1951 on refugees and to its Protocol–a promise it breaks with everyone it hands back over the border.

Many have spoken up since the spring, and still people are handed back week after week. Fewer get out than before.

Let us not grow tired until this practice has ended, for the sake of those who wait.

Letter that will be handed in at the embassy:

September 22, 2012
His Excellency Hu Jintao
President, People’s Republic of China
c/o Ambassador Zhang Xinsen
Embassy of the People’s Republic of China
54, Hyoja-Dong, Jongno-Gu, Seoul, 110033, South Korea

Dear Mr. President:

Together with over 70 nongovernmental groups and with friends in many countries we remember the 30th anniversary of \
the day in 1982 when China bound itself to the Convention of 1951 and its Protocol, and we ask you to hand nobody back.

By that promise your country said that it would work with the United Nations. Those who are handed back are punished.

We ask you to end a practice that brings violence into your own country. As one of your ministers has said, “A state \
answers for the safety of the people.”

To end it would do good on both sides of the border, and it would tell Pyongyang that a time of change has come.

Whoever flees from there has a home that waits in Seoul, under Articles 2 and 3 of its constitution. By now over \
27,500 North Korean refugees have found a new home in over twenty nations.

Please keep the promise, and let the United Nations help.


Justice for North Korea ("""
