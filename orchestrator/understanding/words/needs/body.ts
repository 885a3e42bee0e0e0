/** What body, skin and hair need, as `everyday-needs.ts` reads it. */
export const needsOfBodies = `
sun sunscreen sunblock sun-lotion after-sun parasol sunglasses: burn burns burned burnt burning sunburn sunburnt beach sunny sunshine tan sunbathe uv seaside pale freckle lobster mallorca uva uvb outdoors-sun heatstroke peel&sun red&sun fair&skin ray spain&skin tropics sailing&day ski&sun +red +outside +holiday +vacation shade sail glacier canaries tenerife majorca ibiza algarve caribbean maldives bali equator crete lanzarote snorkel spain&holiday greece&holiday italy&holiday egypt&holiday turkey&holiday spain&off greece&off egypt&off florida&off fly&south week&sun deck&hour open&air&swim
sun-lotion-kids kids-sun sun-lotion sun sunscreen: @child&burn @child&beach @child&sun @child&sunny @child&pool @child&seaside @child&sunburn @child&paddling
perfume fragrance cologne toilette parfum deodorant: smell scent fragrant smell&good smell&nice smell&date smell&fresh spritz spray&neck
deodorant: sweat sweaty perspire armpit body&odour
shampoo conditioner: greasy oily hair dyed bleached root curl
colour-protect color-protect shampoo: dye&hair dyed&hair colour&hair coloured&hair colour&fade hair&fade highlights tint&hair colour&wash hairdresser&colour red&hair&wash dye&wash dye&out dye&fade tint&wash tint&fade colour&last&hair dye&last
dry-hair hair-mask conditioner shampoo: bleach&hair brittle straw split-ends split&end split dry&end hair&dry hair&rough crunchy&hair thirsty&hair blow&dry&hair straighten
curly-hair curly curl shampoo: curl frizzy frizz humid&hair wave&hair ringlet corkscrew&hair curly coil curl&define afro kink spiral&hair
volume volume-shampoo volume-conditioner shampoo: limp lifeless thinning thin&hair fine&hair flat&hair hair&hang fringe&hang hair&body lank +flat +hair
anti-dandruff shampoo: flake flaky dandruff scalp itchy-scalp itchy&scalp snow&shoulder snow&sweater flake&collar white&collar white&shoulder head&itch +hair +head shoulders +white +itchy
conditioner hair-mask shampoo: tangle comb knot matted knotted detangle comb&hair brush&hair
hand-cream cream lotion: chapped cracked rough hands knuckle callus raw washing-up gardening hand&dry hand&wash finger&sandpaper hand&sandpaper finger&crack finger&rough finger&split palm cuticle hand&sanitiser hand&sanitizer nurse&hand builder&hand clay&hand wash&hand
anti-age anti-ageing anti-aging anti-wrinkle face-cream cream serum: wrinkle ageing aging crow line&forehead line&eye line&face look&older look&younger sag laughter&line +lines +fine
night-repair night-cream face-cream: overnight&skin overnight&face night&skin night&face sleep&skin bed&face wake&puffy face&sleep skin&sleep
sensitive sensitive-face-cream face-cream: blotchy react&face react&skin sting&face skin&react skin&irritated face&irritated reaction&cream rosacea tolerate&cream eczema skin&easily skin&sting skin&burn skin&easily skin&rash skin&delicate skin&prickle face&prickle face&rash
hyaluron face-cream cream moisturizer serum: dehydrated&skin tight&skin tight&face dry&face face&dry cheek&dry cheek&tight plump
aloe face-cream: calm&skin soothe&skin soothe&face sunburn&after
face-cream cream moisturizer serum: pore complexion tight flaky face&cream +skin +face cheek forehead pimple dull-skin dull&skin glow&skin +tight wind&face
lip-balm balm: lip
toothbrush toothpaste: breath cavity teeth tooth
soap shower-gel: lather filthy
razor shaving: shave beard stubble
nail polish: manicure
first-aid plaster bandage: hurt injury injured bleed wound
`;
