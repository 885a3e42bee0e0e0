/**
 * Ordinary English words by what they can be in a wish, chosen by hand from words of SUBTLEX-US with the help of the senses
 * that WordNet 3.1 counts for them (WordNet 3.1, copyright 2011 by Princeton University; its licence:
 * https://wordnet.princeton.edu/license-and-commercial-use).
 */

/** Names of what shops sell: artefacts, food, plants and materials, and services that one pays for. */
export const goods = `
  abs accelerator accordion acid acoustic actin adapter adaptor adhesive aisle alarm album alcohol ale
  alligator alloy almond altar aluminum ambrosia ambulance ammonia amplifier amulet anchor anchovy android
  annex antenna antidote app apparatus appetizer apple appliance apron aquarium armor arsenal arsenic
  artillery asbestos ashtray asparagus asphalt aspirin attire auto automobile avocado axe axle backpack
  bacon bag bagel baggage bagging bale ball ballast balloon bamboo banana bandage bandstand banjo banner bar
  barbecue barbell barley barrel basin basket bat bath bathrobe bathtub battery bazooka bbs bead beam bean
  beanbag beanie bed beef beehive beeper beer beet bell belt bench beret beverage bicycle bike bikini bilge
  bin binoculars birdcage biscuit blackboard blackjack blade blanket blazer blender blind blindfold blossom
  blouse blowtorch blueberry blusher boa bobsled boiler bolt bonnet bonsai book bookcase boot booth bootleg
  booze botanical bottle bouquet bow bowl bowtie box bra bracelet brake bran brandy brass bread brew
  briefcase brim brimstone brisket britches broccoli bronze brooch broom broomstick broth bubbly bucket
  buckle buffer buffet buggy bugle builder bulb bulldozer bumper bun bundle bunk burger burner burrito bus
  butter buttermilk button buzzer cabbage cabinet cable cactus caddy caffeine cake calcium calculator camera
  candle candy cane canister cannon canopy canteen canvas cap cappuccino capsule car caramel carbon
  carburetor card cardboard cardigan carnation carousel carpet carriage carrier carrot cart cartridge
  cashmere casing casserole cassette catalyst catfish caviar celery cello cellophane cellphone cereal
  chainsaw chair chalk champagne chandelier charcoal charger chariot cheese cheeseburger cheesecake chemical
  cherry chess chicken chili chime chimney chisel chloride chocolate cholesterol chopstick chowder chrome
  chute cider cigar cigarette cinnamon circuit circuitry clarinet class clay cleaner cleanser cleaver
  climber clip clipper cloak clock cloth clothes clothing clover coal coat cocktail cocoa coconut coffee
  cognac cola coleslaw collar coloring comb comic commodity compartment compass compost computer concealer
  conduit cone confetti console container contraption controller convertible cooker cookie cooler copper
  cord cork corkscrew corn cornbread corsage corset cosmetic costume cot cotton couch counter course cover
  cracker crackling cradle cranberry crapper crate crayon crepe crib crisp crock croissant crossroad crowbar
  crown cruiser crystal cucumber cuff cufflink cuisine cup cupboard cupcake curb curry curtain cushion
  custard daiquiri dairy damper dashboard decaf decor decoration dehumidifier delicatessen deodorant desk
  desktop dessert detector detergent device dial diaper diaphragm dice diet dimple dinky dioxide disc dish
  dishwasher disinfectant dispenser disposable ditch doll dollhouse donut doorbell doorknob doormat dose
  dough downer drape drawer dress dresser driftwood drill drone drug drum drumstick dryer duffel dumbbell
  dumpling dumpster dvd earbud earphone earplug earring easel edible eel egg eggnog eggplant elevator elixir
  engine entree envelope enzyme eraser espresso ether extinguisher extract eyeliner fabric facade fallout
  fan faucet fax fertiliser fertilizer fiber fiddle filet film filter firecracker firewood firework fish
  fixture flag flagship flannel flap flashlight flask fleece floorboard flooring floppy floss flour flower
  fluff fluid flute foil fondue footage footlocker footwear fore fork forklift foundation fraction frame
  freezer fridge frock frosting fruit fryer fudge fuel fungus fur furniture fuse futon gadget game garden
  garlic garment garter gas gasoline gauze gel generator getup gin ginger glass glasses globe glove glucose
  goggles golf goody goulash gown graffiti granite grape grapefruit gravel gravy grease grill grinder grit
  grub guacamole guitar gum gumbo gurney gutter haircut ham hamburger hammer hammock hamper handbag handcuff
  handkerchief hanger hanky hardware harmonica harness harp harpoon hash hat hay headlight headphone headset
  heater heel helium helmet hem herbal herring hinge hob hoe holder hole holster honey hoodie hookup horn
  horse horseshoe hose hourglass humanoid hutch hydrant ice icebox implement incense incubator inhaler ink
  instrument insurance intercom interface internet iodine iron ironing ivory jacket jam jar jean jeep jelly
  jerky jewel jewelry jigsaw jug juice jukebox jumper junket kayak kennel kerosene ketchup kettle kettlebell
  key keyboard keyhole kibble kimono kit kiwi knickers knife knit knitting knot lab laboratory labyrinth lac
  ladder lamp lan lantern laptop lard lasagna laser latex latte launcher laundry laxative leash leather
  legging lego lemon lemonade lens leopard lesson lever licorice lighting lime limo limousine linen lingerie
  lining lint lipstick liquid liquor lithium litter livery loading loaf lobster lock locket locomotive log
  loin lollipop loop lotion loudspeaker luggage machine machinery mackerel magazine magnesium magnet mailbox
  mainframe makeup malt manger mango manure maple marble margarita marker marmalade marshmallow martini
  mascara mask massage mast mat matchbook mattress matzo mayonnaise maze meat meatball meatloaf medic
  medication melon membership membrane mending mic microchip microfilm microphone microscope microwave milk
  milkshake mineral minibar minivan mink mirror mistletoe mitten mixture mocha modem moisturiser moisturizer
  molasses monitor monoxide mortar motor motorcycle mount mouse mousse mouthpiece mouthwash movie mower
  muffin muffler mushroom mustard mutton muzzle nail napkin nappy necklace necktie nectar needle neon net
  newspaper nickel nicotine nightcap nightgown nitrate nitrogen noodle nourishment novel nut nutshell nylon
  oak oar oat oatmeal octopus oil ointment omelet omelette onion orchid ore oregano organiser organizer
  ornament ovary oven overcoat overload oxide ozone package pad padding paddle padlock pager pail painkiller
  paint paintbrush pajama pan pancake pansy panty pantyhose papaya paper paprika parachute parasol parcel
  parka parsley pasta paste pastrami pastry pea peach peanut pear pecan pedal pedestal pen pencil pendant
  pepper peppermint pepperoni perfume periscope peroxide petal petrol petroleum petticoat pew phone
  phonograph piano pickle pickup pie pier piling pill pillow pin pine pineapple pipe pizza plaid plaster
  plate platform platinum platter playset plug pocket pod podium pole pollen polyester polygraph poncho pool
  popcorn porcelain pork porridge port portal poster pot potassium potato potion pottery potty pouch pouffe
  powder pretzel primer printer projector propeller protein prune puck pudding pump pumpkin purifier purse
  puzzle pyjama raccoon racket racquet racquetball radio radium raft rag rail raincoat raisin rake ramp
  raspberry razor receiver record recorder recording recycling reefer refreshment refrigerator regulator
  relic remote repair repellent reservoir rhubarb rib rice rig rigging ring risotto robe robot rock rocket
  rod rom rope rosary router rubber rucksack rudder rug ruler rum rye sable sack saddle safe salad salami
  saline salmon salsa salt sand sandal sandbox sander sandpit sandwich saran sardine satchel satellite satin
  sauce sauerkraut sausage saw saxophone scalpel scanner scarf schnitzel scissors scone scooter screen screw
  screwdriver scuba seafood seal seam seat seatbelt sedan sedative seed segment seltzer sensor serum sesame
  setup sewing shag shampoo shank sharpener shawl shelf shell shellfish shield shielding shirt shoe shoelace
  shooter shovel shower shredder shrimp shuck shutter siding silencer silicone silk silverware sink skate
  skateboard ski skillet skirt slab sled sledgehammer sleeve sleigh slicker slide slingshot slipper slit
  smartphone smartwatch smelt smoother snack sneaker snip snowball snowboard snuff soap sock socket soda
  sodium sofa softball software soil sole solitaire sonar soot soundtrack soup souvenir soy spacecraft
  spaceship spade spaghetti spanner spatula speaker speakerphone sphere spice spinach spoon spray sprinkler
  spruce spud spunk squid stagecoach staircase stairway stand staple stapler starch starship starter steak
  steamer steel stem stereo steroid stethoscope stick sticker stile stocking stool stove strand strap straw
  strawberry streetcar string stripe stroller strudel studio stuffing subscription subway suede sugar suit
  suitcase sulfur sundae sunglasses sunscreen supplement surfboard sushi suspender suspension sweater
  sweatshirt sweet swill swimsuit swing switch switchboard swordfish syringe syrup table tablecloth tablet
  taillight takeout talisman tambourine tampon tank tap tape taping tar tarp taxi taxicab tea teapot
  telegraph telephone telescope television tequila terrarium thermometer thermos thermostat thong thread
  throne throttle throw tiara ticket tie tights tile timber timer tin tire titanium toast toaster tobacco
  tofu toga toilet tomato toner tongs tonic tool toolbox toothbrush toothpaste topping torch tore tote
  toupee tourniquet towel toy tracker tractor trailer train trainer tram trampoline tranquilizer transponder
  transport transporter trapeze tray treadmill trench trifle trigger trimmer trinket tripe tripod trolley
  trombone trouser trout truck truffle trumpet trunk tub tuba tube tuna tuner turban turbine turnip
  turpentine turtleneck tux tuxedo tv tweezer twig typewriter tyre ukulele umbrella underpants underwear
  uniform upholstery urn vaccine vacuum vanilla vape vase veal vegetable vehicle veil velvet veneer vent
  ventilator vermouth vest vial video videogame videotape vine vinegar vinyl violin vitamin vodka voucher
  waffle wagon walker wallet wallpaper walnut wand wardrobe washer watch water watermelon wax weave webcam
  wedgie weenie wetsuit wheat wheel wheelchair whiskey whisky wig wildcat winch windmill windshield wine
  wing wire wiring wood wool workshop wrapper wrapping wreath wrench wristwatch yarn yeast yogurt zinc zip
  zipper zucchini
`;

/** Words that are seldom nouns: what one does. */
export const verbs = `
  abandon abuse accept accompany accuse achieve acknowledge activate add adjust admire admit adopt adore
  affect afford agree alert allow alter announce apologise apologize appear appreciate approve argue arrange
  arrive ask assist associate assume assure ate attend attract avoid bake base bate bear beat become beg
  began begin begun behave believe belong bend bet betray bid bit bite bitten blame blend blew blink blown
  boil bore borrow bother bought bounce break breathe bring broke broken brought build built bump burn burnt
  burst bury buy call came cancel capture care carry catch caught cause cease cheat choke choose chose
  chosen chuckle clamp climb cock collect commence commit communicate compare compete complain concentrate
  conduct confess confirm confront confuse congratulate connect conquer consider consult continue convict
  convince cooperate coordinate correct cough count crawl create creep cross cruise crush curse cut dare
  dash dealt decide declare defend define delay deliver demonstrate deny depend deposit describe deserve
  despise destroy detect determine develop die dig dine dip direct disagree disappear disappoint discover
  discuss dismiss display distract disturb divide don donate drag drain drank draw dreamt drip drive drop
  drown drunk duck dump earn ease eaten eliminate embarrass encourage endure engage ensure enter entertain
  envy erase escape evacuate examine except execute exhibit exist expect explain explode explore expose
  express extend fade fail fall fell felt fight file fill finance find flatter flee flew flip float flown
  flush follow forbid forget forgive forgot forgotten fought found frighten fuss gain gather gave give glue
  gone grab grasp greet grew groan grow grown grunt guarantee guide handle hang hate haul heal hear heard
  held help hesitate hid hidden hide hint hire hit hitch hold holler hook hop hug hum humiliate hunt
  identify ignore imagine impress indicate inform insist intend intercept interfere interrupt introduce
  invent investigate invite involve itch jerk join jump justify kept kick kidnap kill kneel knew knock know
  known laid laugh launch lay lead lean leap learn leave led left lend lick lie lift lighten locate lodge
  loosen lose lost lure maintain manage marry mean meant measure meet melt mention mix mock move negotiate
  nod notice notify obey observe occur offend open operate organize overcome owe pack pardon participate
  pass pay perform permit persuade pick pinch plague plead poke pose possess pour pray predict prepare
  preserve press presume pretend prevent print probe produce promote pronounce propose prove provide pry
  puff pull punch pursue push qualify quarrel quit quote raise ram ran rang rap reach react read realise
  realize recall receive reckon recognise recognize reconsider recover refer reflect refuse regard register
  rehearse reject relate relieve remain remember remind repay repeat replace represent require rescue resent
  reserve resign resist resolve resort respond restore resume retire retreat retrieve return reveal reverse
  review rid ride rip rise roast rob roll rub run rung sail sang sat satisfy save say scan scare scratch
  scream scrub secure see seek seen seize sell send sent separate serve settle sew shake shaken shave shine
  shook shoot shout shove show shrink sigh sing sip sit skip slam slap slept slip smash snap sold solve sour
  spare speak spend spent spill spin spit splash spoil spoke spoken sponsor spread squeeze stare start
  starve stay steal steer stir stole stolen stood straighten strangle stray stretch strike submit suck
  suffer suggest suppose surrender survive suspect swallow sweep swim tailor take taken talk taught teach
  tear tell tend testify thieve think thought threaten threw thrown told tolerate took torn torture toss
  touch tramp translate travel treat trim try tuck twist understand undo unload unlock untie upset urge use
  utter verify visit vow wait walk wander warn warrant wear weep went whip whisper whistle win wipe wish
  withdraw woke won wonder wore worn worry wrap wreck write written wrote yield
`;

/** Words that are seldom nouns: how something is, or is done. */
export const qualities = `
  aboard above abroad absolute absurd academic accurate across actual additional afraid afterwards
  aggressive ahead ain airborne alike alive allergic almost alone along altogether always ancient angry
  antique anyhow anymore anyplace anyways anywhere apart apiece apparent appropriate around arrogant
  artificial artistic ashore aside asleep atomic attractive authentic average awake aware away awhile
  awkward back backwards bad bald bare bats beaten behind below beneath between beyond billion biological
  bitter bizarre bloody blown blunt bold born bound brave brief broad broke brutal built burnt calm cardiac
  casual certain chronic civil civilian classical classy clear clever close clumsy commercial common
  competitive complex confident confidential consistent constant convenient corny corporate corrupt crackers
  crazy creative creepy critical crucial cruel cultural dead deaf defensive definite delicate
  desperate difficult dim diplomatic discreet distant divine dizzy domestic down downstairs dramatic drawn
  driven drunken dull dumb eager economic effective efficient elaborate electrical elementary eleven
  elsewhere emotional entire equal essential eternal even everywhere exact exclusive exotic explosive
  exquisite extraordinary faint fair fake fallen familiar far farther fat fatal federal feminine fierce
  fifty filthy final financial fine flat fond forbidden foreign forensic forever forgotten formal former
  forth fortunate forward foul fragile frozen funky fuzzy genetic genuine glad global gone
  grand greater greedy grim gross grown guilty hairy halfway handsome harsh heard held hereby heroic hidden
  historical hostile human humble hysterical identical ignorant illegal imaginary immediate immortal
  impatient important impressive inappropriate independent industrial initial inner innocent insane insecure
  inside instead intact intelligent intense internal international intimate ironic irrelevant juicy kept
  known laid last late later legal legendary legitimate lethal local logical lone lonesome loose lousy loyal
  lucky mad magical magnetic magnificent main massive mature mechanical medical mental mere messy mighty
  mild military minor mistaken misunderstood moral multiple musical mutual naive nasty national naughty
  naval near nearby neat necessary negative neither neutral never noble noisy normal nowhere numb nuts odd
  online opposite oral ordinary original outer outside overboard overnight overseas own paid pale partial
  particular passionate pathetic peculiar permanent personal phony physical pleasant polite political poor
  positive practical precise pregnant preliminary presidential primary prime primitive prior private pro
  professional profound protective proud proven psychiatric psychological pure queer random rapid rare
  rational raw ready real realistic recent regular relevant revolutionary rich ripe risky rotten rough royal
  rude sane savage scary scientific second secondary sensational sensitive sentimental severe shallow sheer
  shiny significant silent sincere single slack sleepy slippery sloppy slower smooth sneaky sober
  social solar sold someday someplace sometime sometimes sought specific spectacular spent spiritual spoken
  spooky steady sticky straight strange strict struck stubborn stuck stupid subtle sudden sufficient sunk
  sunny super superior supportive surgical swept sworn tactical taken tasty technical teen teenage temporary
  tender therefore thorough throughout thrown thus tight tops torn tough toxic traditional tragic tricky
  true twice typical ultimate undercover underground underneath understood underwater unfair unfortunate
  unhappy unique universal unknown unlike unlucky unnecessary unpleasant upper upstairs uptight urban urgent
  usual vague vain vast vile violent visual vital wealthy weary weird whatsoever wherever white wild wise
  worn worse worst worthwhile worthy written wrong yummy
`;
