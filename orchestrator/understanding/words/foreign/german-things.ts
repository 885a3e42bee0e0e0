/** German: everyday things, what they are made of, and what is done with them. `english: words …` in each line. */
export const germanThings = `
chicken: huhn huhnchen hahnchen
vanilla: vanille
dog: hund hunde hunden hundes
cat: katze katzen kater
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
squeaky: quietschend quietschende quietschendes quietschen
head lamp: stirnlampe
machine: maschine
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
birthday: geburtstag
christmas: weihnachten
eat: essen isst
drink: trinken
summer: sommer
winter: winter
travel: reise reisen
home: zuhause
tuna: thunfisch
duck: ente
fig: feige feigen
floor lamp: stehlampe stehlampen bodenlampe
desk lamp: schreibtischlampe tischlampe leselampe
night light: nachtlicht
string lights: lichterkette lichterketten
lamp: licht beleuchtung
desk: schreibtisch
squeaky: quietscht quietschen
gift wrap: geschenkpapier packpapier
planner: kalender terminplaner
fountain pen: fullfederhalter fuller
ink: tinte
wet wipes: feuchttucher
teething: beissring zahnt zahnen
pacifier: schnuller
bib: latzchen
stroller: kinderwagen
cat litter: katzenstreu katzenklo
scratching post: kratzbaum
dog bed: hundebett hundekorb
harness: geschirr hundegeschirr
treat: leckerli leckerlis
puppy: welpe welpen
kitten: katzchen
senior: alter altere alten
grain free: getreidefrei
frying pan: bratpfanne
saucepan: kochtopf
non-stick: beschichtet beschichtete antihaft
kitchen: kuche
knives: kuchenmesser
stove: kocher gaskocher campingkocher
hiking boots: wanderschuhe
rain jacket: regenjacke
mattress: luftmatratze matratze isomatte
running: lauft
face cream: gesichtscreme tagescreme nachtcreme
hand cream: handcreme
sun lotion: sonnenmilch sonnencreme sonnenschutz
sunburn: sonnenbrand
dandruff: schuppen
coloured: gefarbt gefarbte gefarbtes
eau de toilette: rasierwasser
deodorant: deo
moisturising: feuchtigkeit feuchtigkeitsspendend
wrinkles: falten
oily: fettig fettige
waterproof: wasserdicht wasserdichte regenfest
flat: wohnung
house: haus
room: zimmer
bedroom: schlafzimmer
bathroom: bad badezimmer
balcony: balkon
trip: ausflug
vacation: urlaub ferien
tea pot: teekanne
coffee machine: kaffeemaschine
green tea: gruntee
black tea: schwarztee
herbal tea: krautertee
decaf: koffeinfreier koffeinfreie koffeinfreien entkoffeinierter entkoffeinierte
`;
