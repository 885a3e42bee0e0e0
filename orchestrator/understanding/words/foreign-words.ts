/** General words of shops in other languages, without accents: what holds a question together, and everyday things. */
export const german = `
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
export const french = `
: je cherche veux voudrais aimerais besoin j ai il me faut une un des le la les l d du de mon ma mes notre nos s te plait svp merci bonjour salut quelque chose quelques avez vous est ce que qui qu c ce cette ces acheter trouver montrez moi montre un peu pas-mal tres bien bon bonne
no: aucun aucune
not: pas
without: sans
but: mais
except: sauf
and: et
or: ou
for: pour
with: avec
from: chez
under: moins sous
over: plus
between: entre
around: environ
cheaper: moins-cher
in stock: stock disponible
dog: chien chiens
cat: chat chats
baby: bebe bebes
kids: enfant enfants
man: homme hommes papa pere
woman: femme femmes maman mere
food: nourriture croquettes
toy: jouet jouets
lamp: lampe lampes
candle: bougie bougies
tent: tente tentes
pan: poele poeles
knife: couteau couteaux
coffee: cafe
beans: grains
grinder: moulin
tea: the
mat: tapis
blanket: couverture
pillow: oreiller coussin
hand: main mains
hair: cheveux
dry: sec secs seche seches
curly: boucles
skin: peau
face: visage
cream: creme
sun: solaire soleil
soap: savon
shampoo: shampooing shampoing
perfume: parfum parfums
diapers: couches
notebook: carnet cahier
pen: stylo stylos
leash: laisse
gift: cadeau
people: personnes
two: deux
three: trois
four: quatre
`;
export const spanish = `
: yo busco quiero quisiera necesito me gustaria una un unos unas el la los las lo del de mi mis nuestro por favor gracias hola buenos dias algo tiene tienen hay que es son comprar muestra muestrame para-mi muy bien buen buena
no: ningun ninguna nada
without: sin
but: pero sino
except: excepto salvo
and: y e
or: o u
for: para
with: con
from: desde
under: menos bajo
over: mas
between: entre
around: alrededor
cheap: barato barata baratos
in stock: disponible disponibles
dog: perro perros
cat: gato gatos
baby: bebe bebes
kids: nino ninos ninas
man: hombre hombres papa padre
woman: mujer mujeres mama madre
food: comida pienso
toy: juguete juguetes
lamp: lampara lamparas
candle: vela velas
tent: tienda carpa
pan: sarten sartenes
knife: cuchillo cuchillos
coffee: cafe
beans: granos grano
grinder: molinillo
tea: te
mat: esterilla
blanket: manta
pillow: almohada
hand: mano manos
hair: pelo cabello
dry: seco seca secos secas
curly: rizado rizados
skin: piel
face: cara facial
cream: crema
sun: solar sol
soap: jabon
shampoo: champu
perfume: perfumes
diapers: panales
notebook: cuaderno libreta
pen: boligrafo pluma
leash: correa
gift: regalo
people: personas
two: dos
three: tres
four: cuatro
`;
export const italian = `
: io cerco voglio vorrei mi serve ho bisogno una un uno il lo la i gli le del della dei delle di mio mia per-favore grazie ciao buongiorno qualcosa avete che e-un sono comprare mostrami molto buono buona un-po
no: nessun nessuna niente
not: non
without: senza
but: ma pero
except: tranne eccetto
and: e ed
or: o
for: per
with: con
from: da dalla
under: sotto meno
over: sopra oltre
between: tra fra
around: circa
cheap: economico economica
in stock: disponibile disponibili
dog: cane cani
cat: gatto gatti
baby: neonato neonati
kids: bambino bambini bambina
man: uomo uomini papa padre
woman: donna donne mamma madre
food: cibo crocchette
toy: gioco giocattolo giocattoli giochi
lamp: lampada lampade
candle: candela candele
tent: tenda tende
pan: padella padelle
knife: coltello coltelli
coffee: caffe
beans: chicchi
grinder: macinino macinacaffe
tea: te
mat: tappetino
blanket: coperta
pillow: cuscino
hand: mano mani
hair: capelli
dry: secchi secco secca
curly: ricci
skin: pelle
face: viso
cream: crema
sun: solare sole
soap: sapone
perfume: profumo
diapers: pannolini
notebook: quaderno taccuino
pen: penna
leash: guinzaglio
gift: regalo
people: persone
two: due
three: tre
four: quattro
`;
export const dutch = `
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
man: man mannen vader papa
woman: vrouw vrouwen moeder mama
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
`;
