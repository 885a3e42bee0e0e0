/** What animals need, as `everyday-needs.ts` reads it. */
export const needsOfAnimals = `
leash lead harness collar walking: pull tug bolt drag lunge yank walk walkies stroll escape
leash harness fence gate: away runs-off run&off run&street run&road
led-collar reflective: seen&walk&dog see&walk&dark dark&walk&dog dark&walkies
led-collar collar: @dog&dark @dog&dusk @dog&night&see @cat&dark @dog&glow @dog&light @dog&pitch&black @dog&lamp @dog&sunrise @dog&sunset @dog&early @dog&winter&walk @dog&driver @dog&cyclist @dog&notice @dog&invisible @dog&car&see @dog&traffic&see
poop-bag waste-bag litter: poop poo mess toilet dropping pick&up&after pick&up&walk pick&up&park pick&up&street pick&up&leave pick&it&up pick&up&what clean&up clear&up clean&after clear&after turd business&street do&business pavement&mess fouling @dog&pavement @dog&leave&behind @dog&business
litter litter-box: pee toilet litterbox loo wee tray&smell tray&stink tray&reek tray&clean tray&dust tray&empty @cat&tray @cat&smell @cat&stink @cat&reek @cat&accident ammonia
scratching-post scratcher: scratch claw shred @cat&sofa @cat&couch @cat&curtain @cat&furniture @cat&wallpaper upholstery @cat&sharpen @cat&armchair @cat&carpet @cat&rug @cat&tear @cat&ruin @cat&chair
toy puzzle game ball: bored boring boredom playful play lonely alone entertain entertainment amuse amused restless energetic home-alone hunt pounce stalk bounce zoomies energy bouncing&wall tire&out wear&out occupy busy&keep distract stimulate stimulation fun @dog&shake @dog&rip @dog&tear @cat&chase @cat&climb tug&war tug-of-war
feather-wand wand catnip toy: @cat&bored @cat&lazy @cat&play @cat&hunt @cat&pounce @cat&jump @cat&stalk @cat&fat @cat&exercise
catnip: @cat&mad @cat&crazy @cat&high
chew chew-toy bone toy: chew bite gnaw destroy slipper shoe teething-puppy nibble nip mouthing @dog&teething @dog&teeth @dog&shoe @dog&furniture @dog&table @dog&leg +eats
rope-toy rope toy: tug-of-war tug&war @dog&tug&play @dog&pull&play
treat-puzzle puzzle slow-feeder bowl: gulp wolf&down gobble eat&fast eats&seconds eat&quickly mental&work brain&work @dog&clever @dog&smart @dog&think @dog&bored @dog&job @dog&challenge
treat toy: train training reward obey obedience recall
ball frisbee toy: fetch throw chase catch retrieve
squeaky toy: squeak squeal
food treat snack feed feeding meal: hungry hunger starving starve eat feed appetite meal bowl&something bowl&put diet nourish weaned underweight skinny thin&too hungry breakfast dinner&serve
light food: @cat&overweight @cat&chubby @cat&diet @cat&fat @dog&overweight @dog&fat podgy
sterilised neutered food: neutered sterilised spayed castrated
sensitive food: @dog&stomach @dog&tummy @dog&belly @dog&allergy @dog&allergic @dog&itch @dog&vomit @dog&sick @dog&throw&up @dog&digest @dog&digestion @dog&runs @dog&diarrhoea @dog&delicate @cat&stomach @cat&sick @cat&vomit
bowl fountain: lap
brush comb grooming: shed tangled fur mat knot moult @dog&hair @cat&hair
shampoo bath: @dog&mud @dog&muddy @dog&stink @dog&filthy roll&in
bed basket blanket: nap curl&up doze
carrier crate: transport vet travel&cat
flea tick: flea tick scratching&ear
`;
