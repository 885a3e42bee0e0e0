/** Dutch: what holds a question together, and everyday things. `english: words …` in each line. */
export const dutch = `
expensive: duur dure
chicken: kip
vanilla: vanille
: ik zoek wil graag nodig heb hebben een de het den mijn ons onze alstublieft aub dank bedankt hallo iets jullie is zijn wat welke kopen laat zien mij me wij goede goed mooie
no: geen
not: niet
without: zonder
but: maar
except: behalve
and: en
or: of
for: voor
with: met
from: van
under: onder
over: boven
up to: tot maximaal
at least: minstens minimaal
between: tussen
around: ongeveer
cheaper: goedkoper
cheap: goedkoop goedkope
in stock: leverbaar voorraad
dog: hond honden
cat: kat katten poes
baby: babys
kids: kinderen kind
men: man mannen
women: vrouw vrouwen
food: voer eten
toy: speelgoed speeltje
lamp: lampen
candle: kaars kaarsen
tent: tenten
sleeping bag: slaapzak
pan: pannen
knife: mes messen
coffee: koffie
beans: bonen
grinder: molen
tea: thee
mat: matten
blanket: deken
pillow: kussen
hand: handen
hair: haar
dry: droog droge
curly: krullend krullen
skin: huid
face: gezicht
cream: creme
sun: zon zonne
soap: zeep
perfume: parfum
diapers: luiers
notebook: notitieboek schrift
pen: pennen vulpen
leash: riem
gift: cadeau
people: personen
two: twee
three: drie
four: vier
father: vader papa
mother: moeder mama
tuna: tonijn
salmon: zalm
lamb: lam
fish: vis
rice: rijst
cinnamon: kaneel
fig: vijg
`;
