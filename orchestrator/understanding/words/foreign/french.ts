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
