/** German: what holds a question together, and everyday things. `english: words …` in each line. */
export const german = `
expensive: teuer teure teurer
chicken: huhn huhnchen hahnchen
vanilla: vanille
: ich suche suchen brauche brauchen mochte moechte will hatte gern gerne bitte danke hallo guten tag eine einen ein einer eines einem der die das den dem des etwas irgendwas mir mich uns wir du sie es er habt haben habe gibt zeig zeige zeigen was welche welcher welches ist sind war mal auch noch schon empfehlen empfehlung kaufen kannst konnen dazu zum zur am im vom beim meine meinen mein meiner unser unsere hab gut gute guter gutes schone schoner als nur man sich dass braucht brauchst dafur davon damit jetzt fangt anfangt bekommen bekommt besuch trinkt an weil wenn denn also unbedingt leider ihr ihm ihnen gerade schenken verschenken
therefore: deshalb deswegen darum daher
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
men: mann manner herren
women: frau frauen damen
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
size: in-grosse groesse
big: gross grosse grosser grosses
small: klein kleine kleiner kleines
people: personen
two: zwei
three: drei
four: vier
: ihr euch sie ihnen dir dich deine deinen dein habe hatten wurde wuerde werde kann konnte wenn denn vielleicht irgendein irgendeine neue neuen neues neuer paar stuck etwas bisschen alles ganz sehr lieber gerade jetzt heute gestern letzte letzten woche wurden sollte soll muss darf hier da nach
under: weniger
cheaper: preiswerter
cheap: preiswert
more: weitere mehr
squeaky: quietschend quietschende quietschendes quietschen
head lamp: stirnlampe
machine: maschine
others: andere anderen anderes
cinnamon: zimt
mint: minze
peppermint: pfefferminze pfefferminz
peppermint tea: pfefferminztee
almond: mandel mandeln
lemon: zitrone zitronen
orange: orange orangen
rose: rosen
lavender: lavendel
honey: honig
chocolate: schokolade
salmon: lachs
beef: rind rindfleisch
lamb: lamm
rice: reis
fish: fisch
milk: milch
sugar: zucker
caffeine: koffein
decaf: entkoffeiniert koffeinfrei
alcohol: alkohol
silicone: silikon silikone silikonen
cotton: baumwolle baumwoll
wool: wolle woll
leather: leder
linen: leinen
wood: holz
wooden: holzern
steel: stahl
cast iron: gusseisen gusseiserne
glass: glas
paper: papier
shoes: schuhe schuh
socks: socken socke
shirt: hemd
dress: kleid
jacket: jacke
trousers: hose hosen
hat: hut mutze
gloves: handschuhe
glasses: brille
watch: uhr armbanduhr
ring: ring ringe
bag: tasche taschen beutel
backpack: rucksack rucksacke
umbrella: regenschirm
book: buch bucher
game: spiel spiele
puzzle: ratsel
ball: balle
bike: fahrrad
car: auto
garden: garten
flower: blume blumen
plant: pflanze pflanzen
table: tisch
chair: stuhl
bed: bett
rug: teppich
mirror: spiegel
towel: handtuch handtucher
brush: burste
toothbrush: zahnburste
toothpaste: zahnpasta
lipstick: lippenstift
nail polish: nagellack
conditioner: spulung
shower gel: duschgel
headphones: kopfhorer
phone: handy telefon
charger: ladegerat
computer: rechner
camera: kamera
screen: bildschirm
keyboard: tastatur
cable: kabel
battery: batterie batterien akku
cheese: kase
bread: brot
wine: wein
beer: bier
juice: saft
water: wasser
bowl: schussel napf
plate: teller
fork: gabel
spoon: loffel
pot: topf
kettle: wasserkocher
filter: filtern
cooking: kochen
running: laufen joggen
walking: spazieren wandern
sleeping: schlafen
camping: zelten
hiking: wandern
sensitive: empfindlich empfindliche sensible sensibel
warm: warme warmer warmes
cold: kalt kalte
soft: weich weiche
light: leicht leichte
long: lang lange
short: kurz kurze
birthday: geburtstag
christmas: weihnachten
friend: freund freundin
sister: schwester
brother: bruder
my daughter: tochter
eat: essen isst
drink: trinken
my son: sohn
grandma: oma grossmutter
grandpa: opa grossvater
neighbor: nachbar nachbarin
summer: sommer
winter: winter
travel: reise reisen
home: zuhause
five: funf
six: sechs
father: vater papa
mother: mutter mama
tuna: thunfisch
duck: ente
fig: feige feigen
`;
