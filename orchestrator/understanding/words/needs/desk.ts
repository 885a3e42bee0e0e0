/** What writing, planning, wrapping and crafts need, as `everyday-needs.ts` reads it. */
export const needsAtDesks = `
pen pencil fountain-pen: write scribble sign signature handwriting letter&write
fountain-pen pen: calligraphy letter&hand letter&grandfather elegant&write handwritten nib cartridge
gel-pen pen: colour&write biro ballpoint pen&run&out pen&dry
notebook planner journal diary: note notes journaling idea thought jot page write-down write&down remember diary sketch&train list&make minutes&meeting bullet&journal recipe&write lecture
planner calendar diary: plan appointment organise organize organised organized schedule forget forgetful deadline double-book dentist birthday&forget forget&birthday chaos&week week&overview lose&track miss&meeting remember&date remember&appointment meeting&mix meeting&forget mix&up&meeting mix&up&date date&forget appointment&mix term&dates busy&week
wrap gift-wrap wrapping-paper ribbon: wrap wrapping unwrapped pretty&present parcel&pretty parcel&nice present&pretty present&paper gift&paper gift&naked present&cover parcel present&naked present&nice present&still present&ready gift&ready
tape washi glue: stick decorate scrapbook craft crafting
washi-tape washi tape: journal&colour journal&decorate journal&dull journal&pretty scrapbook scrapbooking page&decorate card&decorate photo&stick photo&album
paint brush crayon pencil: draw paint colouring coloring sketch
`;
