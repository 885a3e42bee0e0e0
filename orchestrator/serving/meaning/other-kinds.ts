/** Kinds of things that people ask for, of all trades: a request that one of them describes better fits no item. */
export const otherKinds: readonly string[] = `garden tools and lawn mowers
power tools and drills
car parts and tyres
motorcycles
bicycles
headphones and speakers
mobile phones and accessories
computers and laptops
printers and ink
cameras and lenses
televisions
video games and consoles
musical instruments
books and novels
music and films
concert and theatre tickets
hotels and travel
flights
insurance and banking
winter coats and jackets
shirts and trousers
dresses
shoes and boots
underwear and socks
watches
jewellery and rings
handbags and wallets
suitcases
sunglasses
make-up
perfume
skin care
hair care
shaving
toothbrushes and dental care
medicine and vitamins
dog supplies
cat supplies
fish and aquariums
bird supplies
horse riding
fishing
hunting
football and team sports
swimming
tennis
golf
fitness machines
running
yoga
camping and hiking
climbing
skiing
baby care
toys for children
board games and puzzles
school supplies
office supplies
paint and wallpaper
ladders and scaffolding
plumbing and bathroom fittings
electrical wiring
heating and air conditioning
washing machines and fridges
vacuum cleaners
kitchen appliances
pots and pans
knives and cutlery
dishes and glasses
coffee
tea
wine and beer
bread and cakes
meat and sausages
fruit and vegetables
sweets and chocolate
furniture
mattresses
bed linen
curtains and carpets
lamps
candles
clocks and mirrors
picture frames
plants and seeds
fences and sheds
barbecues
pools
trampolines
party decoration
greeting cards
arts and crafts
sewing and knitting
model building
religious items
weapons and safety
software
cleaning products
tools for repairs
weather and news
politics
job applications
questions about an order
computer code
a joke
mathematics homework`.split('\n');
