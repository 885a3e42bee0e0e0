/** What rooms, sleep and light need, as `everyday-needs.ts` reads it. */
export const needsOfHomes = `
lamp light lantern torch flashlight: dark dim darkness gloomy lightless brighten bright&room see&evening light&corner no&light light&missing unlit
head-lamp lamp torch reflective reflector: nighttime unseen invisible visible
bedside-lamp bedside lamp: read&bed nightstand night&table reach&switch partner&read wife&read husband&read bed&light guest&room&light bed&light
desk-lamp desk lamp: homework study desk&see desk&dark desk&light type&dark screen&dark keyboard&see work&evening&light desk&night workspace&light computer&light sew sewing eyes&strain&work
floor-lamp floor lamp: corner&dark corner&light behind&sofa&light armchair&light armchair&read reading&nook living&room&dark living&room&light
string-light light lantern: balcony terrace patio party festive garden-party twinkle fairy sparkle tree&light gazebo pergola garden&party&light christmas&window
book lamp glasses: read
blanket duvet bedding quilt: freeze&bed cold&bed cold&couch cold&sofa chilly&sofa cosy&sofa cover&thin duvet&thin cold&night&bed cuddle&sofa telly&cold
sleeping-bag blanket duvet hot-water-bottle heater: freeze frozen cold chilly shiver cool warm warmth cosy cozy cold-nights
duvet pillow mattress blanket bedding bed sleeping-bag sleeping: sleep asleep insomnia bedtime slumber
weighted-blanket blanket duvet bedding: toss&turn tossing turning restless anxious anxiety lie&awake lying&awake night&awake awake&hour heavy&top heavy&sleep heavy&bed restless&night restless&sleep settle&night pressure&sleep hug&sleep overthink&night mind&racing calm&sleep autism&sleep adhd&sleep worry&night nervous&sleep awake&bed toss&night toss&bed comfy&night night&comfortable
pillow mattress: neck snore stiff-neck neck&bed
pillow-case bedding: pillow&cover pillow&wash pillow&stain pillow&yellow
bedding linen: sheet hot&bed sweat&bed sweat&night bed&sticky
candle diffuser freshener scented: stink stinky smelly stuffy musty smell reek odour odor niff whiff pong fug +room +home +house +flat +apartment +bathroom +loo +hallway +toilet +office +lounge +kitchen +car hall&smell wet&dog
candle fragrance diffuser incense: cosiness atmosphere ambience romantic cosier dinner-for-two ambient mood moody cosy&evening cosy&room cozy&room lounge&cosy hygge flicker +evening
tea bath candle massage: relax relaxing relaxed calm calming stressed stress unwind wind-down soothe
scented-candle candle: power-cut power&cut blackout
towel: drying swim pool
umbrella raincoat jacket tarp: rain rainy drizzle downpour
curtain blind: privacy
heater blanket: heating
fan air: sweltering heatwave
rug mat: slippery
vacuum broom mop: dust dusty crumb sweep
detergent laundry: laundry washing-up washing&machine
iron ironing: crease creased wrinkly shirt&press press&suit
watering-can hose: water-plants wilt
seed soil pot planter: grow sow harvest
shears pruner mower: overgrown trim prune hedge
spade shovel: dig
drill screwdriver hammer: screw hang shelf assemble
lock: steal stolen theft thief secure
charger battery powerbank: empty-battery charge recharge
headphones earplugs: noise noisy loud listen music
screen tv monitor: watch-films movie film
camera tripod: photograph photo picture
keyboard mouse laptop: typing
`;
