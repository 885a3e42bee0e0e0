/** What babies and small children need, as `everyday-needs.ts` reads it. */
export const needsOfChildren = `
diaper wipe baby-cream: nappy nappies bottom diaper wee potty pee soaked&night @child&change @child&leak change&her change&him&day @child&soak @child&wet night&wet @child&accident potty&train
baby-cream cream: rash sore soreness redness chapped bum&red bottom&red bum&raw bum&sore @child&raw @child&irritated
wipe bib cloth bath cleaner sponge care: dirty smelly sticky +finger stain spill mess messy smear grubby chocolate&face jam&face hand&clean
bib bowl: spit dribble drool splash slobber shirt&food clothes&food shirt&land clothes&meal @child&shirt @child&clothes @child&outfit dungarees vomit&shirt spit&up burp
cup sippy-cup bottle: sip spill spilt @child&glass
sippy-cup cup: himself&drink herself&drink alone&drink drink&floor drink&spill @child&drink @child&glass @child&water&spill juice&everywhere
teether teething teething-ring rattle: teething teeth tooth gum teethe @child&chew @child&bite @child&gnaw fist&chew
building-block stacking-cup building stacking: build stack tower @child&pile
shape-sorter sorter puzzle: shape triangle @child&fit&hole @child&learn @child&square
rattle mobile soft: newborn-play grasp grip noise&make rattle&sound grab @child&shake grab&shake
soft bunny teddy: cuddle cuddly snuggle @child&sleep&hug comforter
bottle milk: breastfeed nurse formula expressed
spoon cutlery: fork @child&eat&itself @child&eat&alone @child&feed&herself @child&feed&himself
suction-bowl bowl plate: throw&food throw&plate throw&bowl tip&bowl tip&plate tip&over fling&bowl fling&plate push&plate push&bowl drop&plate drop&bowl sweep&bowl throw&dish knock&bowl weaning weaned solid high&chair highchair land&floor&food
stroller carrier: pram push&baby
play-mat mat: crawl tummy-time tummy&time tile&hard floor&hard floor&cold @child&floor crawl&tile crawl&floor roll&floor @child&crawl
bath: @child&bath @child&bathe @child&wash bathtime bath&time tub
night-light bedside-lamp light lamp: waking-up afraid&dark scared&dark monster&bed fear&dark
toy game puzzle book: @child&bored @child&play @child&occupy @child&busy @child&entertain
`;
