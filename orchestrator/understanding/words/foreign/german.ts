/** German: what holds a question together, and everyday things. `english: words …` in each line. */
export const german = `
expensive: teuer teure teurer
chicken: huhn huhnchen hahnchen
vanilla: vanille
: ich suche suchen brauche brauchen mochte moechte will hatte gern gerne bitte danke hallo guten tag eine einen ein einer eines einem der die das den dem des etwas irgendwas mir mich uns wir du sie es er habt haben habe gibt zeig zeige zeigen was welche welcher welches ist sind war mal auch noch schon empfehlen empfehlung kaufen kannst konnen dazu zum zur am im vom beim meine meinen mein meiner unser unsere hab gut gute guter gutes schone schoner als nur man sich dass
no: kein keine keinen keiner keinem nichts
not: nicht
without: ohne
but: aber sondern jedoch
except: ausser
and: und
or: oder
for: fur fuer
with: mit
from: von aus
under: unter
over: uber ueber
up to: bis hochstens maximal
at least: mindestens ab
between: zwischen
around: ungefahr etwa circa
cheaper: billiger gunstiger
cheap: billig gunstig
cheapest: billigste billigsten gunstigste gunstigsten
in: auf
in stock: lieferbar vorratig verfugbar
dog: hund hunde hunden hundes
cat: katze katzen kater
baby: babys saugling
kids: kinder kindern kind
man: mann manner herren vater papa
woman: frau frauen damen mutter mama
food: futter nahrung
toy: spielzeug spielzeuge
lamp: lampe lampen leuchte
candle: kerze kerzen duftkerze duftkerzen
tent: zelt zelte
sleeping bag: schlafsack schlafsacke
pan: pfanne pfannen
knife: messer
coffee: kaffee
beans: bohnen
grinder: muhle muhlen
tea: tee
mat: matte matten
blanket: decke decken
pillow: kissen
bedding: bettwasche
hand: hande
hair: haar haare
dry: trocken trockene trockenes trockener
curly: lockig lockige lockiges locken
skin: haut
face: gesicht gesichts
cream: creme
sun: sonne sonnen
soap: seife
perfume: parfum duft
diapers: windeln windel
notebook: notizbuch notizheft
pen: stift stifte fuller
leash: leine
collar: halsband
cup: tasse becher
bottle: flasche
gift: geschenk geschenke
red: rot rote rotes roter
blue: blau blaue blaues blauer
green: grun grune grunes gruner
black: schwarz schwarze schwarzes schwarzer
white: weiss weisse weisses weisser
big: gross grosse grosser grosses
small: klein kleine kleiner kleines
people: personen
two: zwei
three: drei
four: vier
`;
