/** What camping, running and yoga need, as `everyday-needs.ts` reads it. */
export const needsOutdoors = `
tent cookset stove tarp: outside outdoors outdoor overnight shelter wood forest wilderness mountain +night sleeping-outside wild
tent tarp: rain&sleep rain&night star&sleep outside&sleep outdoors&sleep pitch roof&head festival wild&sleep dry&night&outdoor star&dry camp&dry
tent-solo solo tent: alone&camp alone&pitch alone&hike&sleep solo&sleep
ultralight tent: light&pack&sleep gram&count thru-hike
sleeping-bag blanket: camp&cold camp&freeze camp&warm outdoors&cold outside&cold tent&cold tent&freeze tent&warm tent&shiver star&cold night&mountain zero&night minus&night frost&night camping&sleep
sleeping-bag-winter sleeping-bag: zero&sleep minus&sleep frost&sleep winter&camp november&camp december&camp january&camp february&camp snow&camp frost&camp below&zero winter&tent snow&tent freezing&tent
sleeping-bag-summer sleeping-bag: summer&camp&sleep hot&tent july&camp&sleep august&camp&sleep
inflatable-mat mat: ground&hard ground&stony ground&cold ground&root ground&lumpy stone&back&camp stone&sleep ground&sleep ground&hurt ground&back tent&back tent&hard root&sleep camp&back forest&back forest&floor floor&tent camp&hard camp&ground
camping-pillow pillow: camp&neck camp&head tent&neck tent&pillow jumper&head jacket&head camp&stiff&neck
cooking cookset stove: camp&cook camp&eat camp&hot camp&meal camp&soup camp&boil hike&cook hike&eat hike&hot mountain&hot mountain&soup mountain&cook tent&cook trail&cook trek&cook outdoors&cook summit&hot hut&cook beach&cook
stove gas: camp&flame camp&boil tent&boil hike&boil camp&heat mountain&boil
mug cup: camp&coffee camp&tea camp&drink&from hike&coffee hike&tea
spork cutlery: camp&fork camp&spoon hike&fork hike&spoon eat&with&camp tent&spoon eat&tent tent&eat&with
water-filter filter: stream&drink river&drink lake&drink creek&drink spring&drink water&trust&camp water&safe water&wild well&drink puddle&drink stream&water river&water lake&water
stove grill charcoal: barbecue bbq
running shoe sock: jog marathon sprint jogger runner
sock shoe slipper: foot blister chafe chafing toe&run heel&run
running-sock sock: blister&run run&foot run&toe run&heel run&chafe jog&blister jog&foot
reflective reflective-vest: traffic see&run see&jog run&dark jog&dark run&dusk jog&dusk run&night jog&night run&evening&car dusk dawn&run run&sunrise car&see car&spot car&notice driver&notice driver&see run&driver jog&driver cyclist&notice invisible&road
reflective-vest reflective: car&walk car&dark driver motorist traffic seen road&dark road&dusk
compression-sleeve compression: calf shin cramp shin-splint leg&heavy&run leg&tired&run muscle&sore&run
cap hat visor: sweat-eyes sweat&eye squint glare sun&eye sun&eyes&run sun&head face&sun&run forehead&drip
running-belt belt pouch: key&run key&jog phone&run phone&jog gel&run phone-keys valuables pocket&run pocket&jog marathon&phone marathon&key card&run jingle key&run house&key&run
gloves mitten: finger&cold
hat cap beanie: ear
jacket coat sweater: windy wind&blow snowy
backpack bag suitcase: carry hike trip luggage pack
map compass gps: lost&way lost&trail navigate direction
insect-repellent repellent net: mosquito bitten midge
bike-light bike helmet: cycle commute&bike
yoga-mat mat: stretch exercise workout gymnastics pilates meditate meditation stiff toes hamstring flexible posture limber crawl pose slip&dog slip&yoga slip&pose downward +sitting +back
yoga-strap strap: reach&toe reach&foot stretch&leg hamstring&reach arm&short touch&toe
yoga-block block: reach&floor hand&floor fold&reach triangle&pose reach&toe balance&pose fold&forward
cushion bolster: kneel meditating meditate knee hip&sit cross-legged cross&legged sit&floor sit&still sit&hour leg&sleep&sit lotus
bolster: restorative yin savasana
dumbbell kettlebell weights: muscle strength lifting
`;
