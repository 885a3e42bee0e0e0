/**
 * What everyday words tell that somebody needs: `things, the first that a catalogue has: words that tell it`. Things of
 * several words are joined by `-`; a word behind `+` only adds to what others of its line tell. General, and of no shop: a thing that no catalogue names is never looked for.
 */
const needs = `
sun sunscreen sunblock after-sun parasol sunglasses: burn burns burned burnt burning sunburn sunburnt sunburned beach sunny sunshine tan tanning sunbathe sunbathing uv seaside pale freckles lobster mallorca uva uvb outdoors-sun heatstroke +red +outside +holiday +vacation
lamp light lantern torch flashlight led-collar: dark dim darkness gloomy lightless
head-lamp lamp torch reflective reflector: nighttime unseen invisible visible
book lamp glasses: read reads reading
leash lead harness collar walking: pull pulls pulling walk walks walkies stroll escape escapes escaped tug tugs bolts drags drag dragging lunges
leash harness fence gate: away runs-off
poop-bag waste-bag litter: poop poops pooping poo poos mess toilet droppings picking-up
litter litter-box: pee pees toilet toilets litterbox loo
scratching-post scratcher: scratch scratches scratching claws clawing shred shreds shredding sofa couch curtains furniture wallpaper upholstery
toy puzzle game ball: bored boring boredom playful play plays playing playful lonely alone entertain entertainment amuse amused restless energetic home-alone hunt hunts hunting
chew chew-toy bone toy: chew chews chewing bite bites biting gnaw gnaws gnawing destroy destroys destroyed slippers shoes teething-puppy +eats
treat toy: train training reward rewards obey
ball frisbee toy: fetch fetches throw throws chase chases catch
food treat snack feed feeding meal: hungry hunger starving starved eat eats eating feed feeds feeding appetite meal meals
bowl fountain: lap laps
brush comb grooming: shed sheds shedding tangled fur mats knots
bed basket blanket: nap naps
carrier crate: transport vet
diaper wipe baby-cream: nappy nappies bottom bottoms diaper changing wee potty leaks leak leaking pees
baby-cream cream: rash sore soreness redness
wipe bib cloth bath cleaner sponge care: dirty smelly sticky +fingers stain stains stained spill spills spilled spilling spilt mess messy smear smears
bib bowl: spit spits spitting dribble dribbles drool drools drooling splash splashes dribbles slobber
cup sippy-cup bottle: sip sips glass spill spills spilled spilling spilt
teether teething rattle: teething teeth tooth gums gum teethes
building-block stacking-cup building stacking: build builds building stack stacks
rattle mobile soft: newborn-play grasp grasps
bottle milk: breastfeed breastfeeding nurse nursing
stroller carrier: pram push
sleeping-bag blanket duvet hot-water-bottle heater: freeze freezes freezing frozen cold chilly shiver shivers shivering cool warm warmth cosy cozy cold-nights
blanket duvet sleeping-bag pillow bedding mattress bed sleeping: sleep sleeps sleeping asleep insomnia night bedtime
pillow mattress: neck snore snores snoring stiff-neck
tent cookset stove tarp: outside outdoors outdoor overnight shelter woods forest wilderness mountains +night +nights woods wood-night sleeping-outside wild
umbrella raincoat jacket tarp tent: rain rains rainy raining drizzle pouring
towel: drying swim swims swimming pool
tea coffee water bottle bowl juice drink: thirsty thirst drink drinks drinking sip refreshing refresh dehydrated
coffee espresso energy: awake wake wakes tired sleepy exhausted energy drowsy morning mornings caffeine
tea bath candle massage: relax relaxes relaxing relaxed calm calming stressed stress unwind wind-down soothe unwinding
candle fragrance diffuser incense: cosiness atmosphere ambience romantic cosier dinner-for-two ambient mood moody +evening
knife scissors board slicer: cut cuts cutting slice slices slicing chop chops chopping carve carves carving peel peels dice vegetables loaf crust crusty onions onion tomatoes carrots herbs sushi
whetstone sharpener knife: blunt dull sharpen sharpens sharpening
pan wok skillet: fry fries frying sear sears saute egg eggs omelette omelet pancake pancakes steak bacon stir-fry stir fry-up sauté
pot pan cookware cookset: cook cooks cooking boil boils boiling simmer soup stew
oven baking tin: bake bakes baking cake cakes cookies
stove cookset grill: campfire bonfire barbecue bbq
kettle: boil boils boiling
grinder mill: grind grinds grinding beans
filter press dripper: brew brews brewing
water-filter filter bottle: stream river creek puddle purify lake +drink +drinking +spring
jar box container: leftovers store stores storing
corkscrew opener: uncork bottle-opening
plate bowl cutlery: serve serves serving dine guests eat-off
pen pencil fountain-pen: write writes writing scribble sign signing signature handwriting letters letter
notebook planner journal diary: note notes journaling ideas thoughts jot write-down remember diaries
planner calendar diary: plan plans planning appointment appointments organise organize organised organized schedule forget forgetful
wrap gift-wrap wrapping-paper ribbon: wrap wraps wrapping unwrapped pretty
tape washi glue: stick sticks sticking decorate decorating scrapbook craft crafts crafting
paint brush crayon pencil: draw draws drawing paint paints painting colouring coloring sketch
perfume fragrance cologne toilette parfum deodorant: smell smells scent scented fragrant
candle diffuser freshener scented: stink stinks stinky smelly stuffy musty smell smells smelling +room +home +house +flat +apartment +bathroom +loo +hallway +toilet +office +lounge +kitchen +car reeks reek odour odours odor
deodorant: sweat sweats sweaty sweating perspire
shampoo conditioner: greasy oily hair dyed bleached roots curls
volume-shampoo volume-conditioner shampoo: limp lifeless thinning +flat +hair
anti-dandruff shampoo: flakes flaky dandruff scalp itchy-scalp +hair +head shoulders +white +itchy
conditioner hair-mask shampoo: brittle frizzy frizz tangles split-ends straw split comb combing knots curls knotted matted
hand-cream cream lotion: chapped cracked rough hands knuckles calluses raw washing-up gardening
anti-age anti-ageing anti-aging anti-wrinkle face-cream cream serum: wrinkle wrinkles wrinkled ageing aging crow +lines +fine
face-cream cream moisturizer serum: pores complexion tight flaky +skin +face +cheeks eyes forehead pimples dull-skin +tight
lip-balm balm: lips
toothbrush toothpaste: breath cavity teeth tooth
soap shower-gel: lather filthy
razor shaving: shave shaves shaving beard stubble
nail polish: manicure
yoga-mat mat: stretch stretches stretching exercise exercises exercising workout gymnastics pilates meditate meditation stiff toes hamstrings flexible posture limber crawl crawling +sitting +back
cushion bolster: kneel kneeling meditating knee knees
dumbbell kettlebell weights: muscle muscles strength lifting
running shoes socks: jog jogs jogging marathon sprint jogger runner marathons
socks shoes slippers: feet toes blister blisters chafe chafing
reflective light: traffic
gloves mittens: fingers
hat cap beanie: ears
jacket coat sweater: windy wind snow snowy
backpack bag suitcase: carry carries carrying hike hikes trip luggage pack packing
map compass gps: lost navigate navigation direction
first-aid plaster bandage: hurt hurts injury injured bleed bleeds bleeding wound
insect-repellent repellent net: mosquito mosquitoes bitten midges
headphones earplugs: noise noisy loud listen listening music
charger battery powerbank: empty-battery charge charging recharge
screen tv monitor: watch-films movie movies film films
camera tripod: photograph photographs photos photo pictures
keyboard mouse laptop: typing
tea: throat tummy stomach belly digest digestion bloated hoarse
milk-frother frother: foam foamy froth frothy cappuccino latte
cold-brew ice-cube: iced chilled
decaf: jitters jittery palpitations
weighted-blanket blanket duvet bedding: tossing turning restless anxious anxiety
night-light bedside-lamp lamp: waking-up
string-light light lantern: balcony terrace patio party festive garden-party
desk-lamp lamp: homework studying study
running-belt belt pouch: keys phone-keys valuables
compression-sleeve compression: calves calf shin shins cramp cramps
cap hat visor: sweat-eyes squint glare
reflective-vest reflective: cars drivers motorists traffic seen
suction-bowl bowl plate: throws-food throws-plate weaning weaned solids
sippy-cup cup: himself herself
play-mat mat: crawl crawls crawling tummy-time
scented-candle candle: power-cut
lock: steal stolen theft thieves secure
bike-light bike helmet: cycle cycles cycling commute
watering-can hose: water-plants wilt wilts wilting
seed soil pot planter: grow grows growing sow sowing harvest
shears pruner mower: overgrown trim trims trimming prune pruning hedge
spade shovel: dig digs digging
drill screwdriver hammer: screw screws hang shelf assemble assembling
vacuum broom mop: dust dusty crumbs sweep
detergent laundry: laundry washing-up
iron ironing: crease creases creased wrinkly
curtain blind: privacy
heater blanket: heating
fan air: sweltering heatwave
rug mat: slippery
`;

/** Other names of things. A catalogue that has none of them may have the first that it knows of those before the colon. */
const names = `
diaper: nappy nappies
leash: lead leads
sun-lotion sun-cream sunscreen: sunscreen sunblock suncream suntan sunblocker
gift-wrap wrapping-paper: wrappingpaper giftpaper
toilette parfum fragrance perfume: cologne aftershave scent
blanket: throw throws
duvet-cover duvet bedding: comforter quilt
pan: skillet skillets frypan
pot: saucepan
notebook planner: journal diary notepad jotter
face-cream cream: moisturizer moisturizers
shoes: sneakers trainers
sofa couch: couch settee
stroller: pram pushchair buggy
pacifier: dummy soother
backpack: rucksack
sweater: jumper pullover
trousers pants: slacks
phone smartphone: mobile cellphone smartphone
tv television: telly
flashlight head-lamp torch lamp: torch headlamp headtorch flashlight
food: kibble chow
shampoo: hairwash
cup mug: beaker
mug cup: tumbler
sleeping-bag: sleepingbag
stove: cooker burner
diffuser candle: airfreshener
bib: bibs
bowl: dish
pillow-case: pillowslip
cap: baseball-cap
socks: stockings
vest: gilet singlet
rug: carpet
bin: trashcan wastebasket
espresso coffee: java
cookie biscuit: cookie biscuit
candy sweets: candy sweets
`;

/** What people give, where nothing is known but for whom; what is used up on one's own body is left to who asks for it. */
export const giftThings =
  `candle fragrance perfume tea coffee chocolate praline sweets candy wine whisky book game puzzle jewelry watch mug stationery notebook lamp blanket
  plant vase flower frame decoration ornament scarf wallet bag knife record vinyl art`.split(/\s+/);

const tellers = read(needs, (word) => !word.startsWith('+'));
const supporters = read(needs, (word) => word.startsWith('+'));
export const otherNames = read(names);

/** The things that a word tells somebody to need, each as its words; null where it tells nothing. */
export function needsTold({ word, stem }: { word: string; stem: string }) {
  return tellers.get(word) ?? tellers.get(stem) ?? null;
}

/** The things that a word tells where another word tells them, too; empty where there are none. */
export const needsSupported = ({ word }: { word: string }) => supporters.get(`+${word}`) ?? [];

function read(
  text: string,
  isRead: (word: string) => boolean = () => true,
): ReadonlyMap<string, readonly (readonly string[])[]> {
  const told = new Map<string, string[][]>();
  for (const line of text.trim().split('\n')) {
    const [things, tellers] = line.split(':').map((part) => part.trim().split(/\s+/));
    const phrases = things.map((thing) => thing.split('-'));
    for (const teller of tellers.filter(isRead)) told.set(teller, [...(told.get(teller) ?? []), ...phrases]);
  }
  return told;
}
