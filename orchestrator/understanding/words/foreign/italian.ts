/** Italian: what holds a question together, and everyday things. `english: words …` in each line. */
export const italian = `
expensive: caro cara cari care
chicken: pollo
vanilla: vaniglia
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
men: uomo uomini
women: donna donne
food: cibo crocchette
toy: gioco giocattolo giocattoli giochi
lamp: lampada lampade
candle: candela candele
camping: campeggio
scented: profumata profumate profumato profumati
tent: tenda tende
pan: padella padelle
knife: coltello coltelli
bread: pane
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
father: papa padre
mother: mamma madre
tuna: tonno
salmon: salmone
lamb: agnello
fish: pesce
rice: riso
cinnamon: cannella
fig: fico
`;
