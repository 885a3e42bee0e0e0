/** Spanish: what holds a question together, and everyday things. `english: words …` in each line. */
export const spanish = `
expensive: caro cara caros caras
chicken: pollo
vanilla: vainilla
: sea este esta yo busco quiero quisiera necesito me gustaria una un unos unas el la los las lo del de mi mis nuestro por favor gracias hola buenos dias algo tiene tienen hay que es son comprar muestra muestrame para-mi muy bien buen buena
not: no
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
face: facial rostro
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
