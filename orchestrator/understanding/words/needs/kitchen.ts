/** What cooking, eating and drinking need, as `everyday-needs.ts` reads it. */
export const needsOfKitchens = `
knife scissors board slicer: cut slice chop carve dice vegetable onion tomato carrot herb sushi mince squash&tomato squash&cut julienne fillet salad&make prep&vegetable onion&cry onion&crush blade&crush tomato&crush herb&bruise
bread-knife knife: crust loaf crusty sourdough baguette bread&cut bread&slice bread&crumb bread&tear roll&slice
paring-knife peeler knife: peel core&apple strawberry garlic&small fruit&cut potato&skin apple&cut shell&prawn trim&bean small&blade
santoku chef-knife knife: sushi sashimi fish&slice japanese&cut raw&fish
knife whetstone: knife&blunt kitchen&blunt drawer&blunt blade&old
whetstone sharpener knife: blunt dull sharpen edge&back edge&lost hone knife&dull knife&blunt blade&dull blade&blunt chef&edge
pan wok skillet: fry sear saute egg omelette omelet pancake steak bacon stir fry-up crepe burger schnitzel fish&skin brown&meat hash&brown
non-stick pan: glue&pan stick&pan egg&stick egg&glue pancake&stick pancake&tear burn&on&pan scrub&pan egg&tear fish&stick omelette&stick omelet&stick without&oil little&oil less&fat scrambled
cast-iron carbon-steel pan: sear steak crust&meat campfire&fry hot&sear season&pan
wok pan: stir-fry stir&fry noodle&fry noodle&toss fried&rice high&heat&vegetable high&heat&toss asian&cook thai&cook chinese&cook toss&vegetable
pot cookset pan cookware: cook boil simmer soup stew pasta noodle ramen rice porridge spaghetti chili broth
oven baking tin: bake cake cookie muffin
kettle: boil hot&water&pour
gooseneck-kettle kettle: pour&control pour&slow pour&precise pour&over pour&hand spout
stove cookset grill: campfire bonfire barbecue bbq
grinder mill: grind bean&whole bean&crush bean&mill whole&beans coarse&fine crush&bean powder&bean pre-ground ground&stale bean&ground&wrong pepper&whole
dripper filter press: brew drip pour-over pour&over filter&coffee pour&coffee
paper-filter filter: coffee&ground&cup grounds&mug sludge coffee&machine&paper filter&run&out
french-press press: plunger plunge
milk-frother frother: foam foamy froth frothy cappuccino latte milk&hot&bubbles flat&white barista&milk
cold-brew ice-cube: iced chilled cold&coffee coffee&summer&cold ice&coffee iced&coffee coffee&fridge coffee&cold cold&brew
decaf: jitter jittery palpitation coffee&sleep coffee&heart coffee&pregnant caffeine&without&coffee caffeine&no&coffee
espresso coffee: strong&shot
coffee espresso energy: awake wake tired sleepy exhausted energy drowsy morning&drink caffeine coffee&taste morning&sluggish pick-me-up concentrate&afternoon
tea coffee water bottle bowl juice drink: thirsty thirst drink refreshing refresh dehydrated guest&drink
tea: throat tummy stomach belly digest digestion bloated hoarse cold&catch flu cough sniffle afternoon&scone hot&drink steep brew&cup
peppermint tea: stomach&upset stomach&hot stomach&drink stomach&settle stomach&queasy tummy&drink bloated nausea queasy belly&full heartburn indigestion digestion
peppermint rooibos chamomile herbal tea: evening&drink&hot caffeine&hot caffeine&cup tea&sleep tea&bed tea&night bed&hot&drink bed&hot&cup wind-down&drink wind&down&cup wind&down&drink
green-tea sencha tea: matcha japan&drink antioxidant
earl-grey tea: bergamot english&breakfast
jar box container: leftover store
corkscrew opener: uncork bottle-opening
plate bowl cutlery: serve dine guest eat-off
cup mug: coffee&drink&from tea&drink&from hot&drink&from sip drink&from
water-filter filter bottle: stream river creek puddle purify lake tap&taste limescale +drink +drinking +spring
`;
