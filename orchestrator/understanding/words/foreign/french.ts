/** French: what holds a question together, and everyday things. `english: words …` in each line. */
export const french = `
expensive: cher chere chers cheres
chicken: poulet
vanilla: vanille
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
men: homme hommes
women: femme femmes
food: nourriture croquettes
toy: jouet jouets
lamp: lampe lampes
candle: bougie bougies
scented: parfume parfumee parfumes parfumees
size: taille
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
: on peut pouvez pourrais aurais auriez avez-vous quel quelle quels quelles elle lui leur moi toi cela ca donc alors aussi petit-peu quelquechose offrir cherche recherche il y a-t
cheaper: moins-cher moins-chere moins-chers moins-cheres
up to: jusqu jusque maximum
at least: minimum
in: en dans
others: autres autre
more: encore
cinnamon: cannelle
mint: menthe
almond: amande amandes
lemon: citron
orange: oranges
lavender: lavande
honey: miel
chocolate: chocolat
salmon: saumon
beef: boeuf
lamb: agneau
rice: riz
fish: poisson
milk: lait
sugar: sucre
caffeine: cafeine
decaf: decafeine
alcohol: alcool
silicones: silicones silicone
cotton: coton
wool: laine
leather: cuir
linen: lin
wood: bois
steel: acier
cast iron: fonte
glass: verre
paper: papier
squeaky: couinant couine
head lamp: frontale
sleeping bag: duvet
shoes: chaussures chaussure
socks: chaussettes
shirt: chemise
dress: robe
jacket: veste
trousers: pantalon
hat: chapeau casquette
gloves: gants
glasses: lunettes
watch: montre
bag: sac
backpack: sac-dos
umbrella: parapluie
book: livre livres
game: jeu jeux
bike: velo
car: voiture
garden: jardin
flower: fleur fleurs
plant: plante plantes
table: table
chair: chaise
bed: lit
rug: tapis
mirror: miroir
towel: serviette
lipstick: rouge-levres
nail polish: vernis
conditioner: apres-shampooing apres-shampoing
headphones: casque ecouteurs
phone: telephone portable
charger: chargeur
computer: ordinateur
camera: camera
keyboard: clavier
cheese: fromage
bread: pain
wine: vin
beer: biere
water: eau
bowl: bol gamelle
plate: assiette
spoon: cuillere
pot: casserole
kettle: bouilloire
running: course courir
walking: promenade
sleeping: dormir
sensitive: sensible sensibles
warm: chaud chaude
cold: froid froide
soft: doux douce
red: rouge
blue: bleu bleue
green: vert verte
black: noir noire
white: blanc blanche
big: grand grande
small: petit petite
birthday: anniversaire
christmas: noel
friend: ami amie
sister: soeur
brother: frere
daughter: fille
son: fils
grandma: grand-mere mamie
grandpa: grand-pere papi
neighbor: voisin voisine
summer: ete
winter: hiver
five: cinq
six: six
father: papa pere
mother: maman mere
tuna: thon
fig: figue
`;
