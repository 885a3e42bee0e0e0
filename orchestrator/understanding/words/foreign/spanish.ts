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
men: hombre hombres
women: mujer mujeres
food: comida pienso
toy: juguete juguetes
lamp: lampara lamparas
candle: vela velas
camping: acampar acampada
scented: perfumada perfumado perfumadas perfumados aromatica aromaticas
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
: tenes teneis puedo puede podria querria quiere hay-algo algun alguna algunos ese esa eso esos al usted ustedes buenas tardes tambien ya estoy buscando busca cual cuales regalar mas-o
cheaper: mas-barato mas-barata mas-baratos mas-economico
up to: hasta maximo
at least: minimo
under: menos-de
in: en
others: otros otras otro otra
cinnamon: canela
mint: menta
almond: almendra almendras
lemon: limon
orange: naranja
lavender: lavanda
honey: miel
chocolate: chocolate
salmon: salmon
beef: ternera vacuno
lamb: cordero
rice: arroz
fish: pescado
milk: leche
sugar: azucar
caffeine: cafeina
decaf: descafeinado
alcohol: alcohol
silicones: siliconas silicona
cotton: algodon
wool: lana
leather: cuero
linen: lino
wood: madera
steel: acero
cast iron: hierro
glass: vidrio cristal
paper: papel
squeaky: chirriante chirriantes
sleeping bag: saco-dormir
shoes: zapatos zapato
socks: calcetines
shirt: camisa
dress: vestido
jacket: chaqueta
trousers: pantalones pantalon
hat: sombrero gorra
gloves: guantes
glasses: gafas
watch: reloj
bag: bolsa bolso
backpack: mochila
umbrella: paraguas
book: libro libros
game: juego juegos
bike: bicicleta
car: coche
garden: jardin
flower: flor flores
plant: planta plantas
table: mesa
chair: silla
bed: cama
rug: alfombra
mirror: espejo
towel: toalla
conditioner: acondicionador
headphones: auriculares
phone: telefono movil
charger: cargador
computer: ordenador computadora
camera: camara
cheese: queso
bread: pan-de
wine: vino
beer: cerveza
water: agua
bowl: cuenco tazon
plate: plato
spoon: cuchara
pot: olla
kettle: hervidor
mat: colchoneta
running: correr
walking: pasear caminar
sleeping: dormir
sensitive: sensible sensibles
warm: caliente
cold: frio fria
soft: suave
red: rojo roja
blue: azul
green: verde
black: negro negra
white: blanco blanca
big: grande
small: pequeno pequena
birthday: cumpleanos
christmas: navidad
friend: amigo amiga
sister: hermana
brother: hermano
daughter: hija
son: hijo
grandma: abuela
grandpa: abuelo
neighbor: vecino vecina
summer: verano
winter: invierno
five: cinco
six: seis
father: papa padre
mother: mama madre
tuna: atun
fig: higo
`;
