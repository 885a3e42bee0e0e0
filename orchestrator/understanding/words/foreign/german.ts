/** German: what holds a question together, people, and how things are. `english: words …` in each line. */
export const german = `
expensive: teuer teure teurer
: ich suche suchen brauche brauchen mochte moechte will hatte gern gerne bitte danke hallo guten tag eine einen ein einer eines einem der die das den dem des etwas irgendwas mir mich uns wir du sie es er habt haben habe gibt zeig zeige zeigen was welche welcher welches ist sind war mal auch noch schon empfehlen empfehlung kaufen kannst konnen dazu zum zur am im vom beim meine meinen mein meiner unser unsere hab gut gute guter gutes schone schoner als nur man sich dass brauchst dafur davon damit jetzt fangt anfangt bekommen bekommt besuch trinkt an weil wenn denn also unbedingt leider ihr ihm ihnen gerade schenken verschenken
therefore: deshalb deswegen darum daher
no: kein keine keinen keiner keinem nichts
not: nicht
without: ohne
but: aber sondern jedoch
except: ausser
and: und
or: oder
for: fur fuer
with: mit
from: von aus
under: unter
over: uber ueber
up to: bis hochstens maximal
at least: mindestens ab
between: zwischen
around: ungefahr etwa circa
cheaper: billiger gunstiger
cheap: billig gunstig
cheapest: billigste billigsten gunstigste gunstigsten
in: auf
in stock: lieferbar vorratig verfugbar
baby: babys saugling
kids: kinder kindern kind
men: mann manner herren
women: frau frauen damen
red: rot rote rotes roter
blue: blau blaue blaues blauer
green: grun grune grunes gruner
black: schwarz schwarze schwarzes schwarzer
white: weiss weisse weisses weisser
size: in-grosse groesse
big: gross grosse grosser grosses
small: klein kleine kleiner kleines
people: personen
two: zwei
three: drei
four: vier
: ihr euch sie ihnen dir dich deine deinen dein habe hatten wurde wuerde werde kann konnte wenn denn vielleicht irgendein irgendeine neue neuen neues neuer paar stuck etwas bisschen alles ganz sehr lieber gerade jetzt heute gestern letzte letzten woche wurden sollte soll muss darf hier da nach
under: weniger
cheaper: preiswerter
cheap: preiswert
more: weitere mehr
others: andere anderen anderes
warm: warme warmer warmes
cold: kalt kalte
soft: weich weiche
light: leicht leichte
long: lang lange
short: kurz kurze
friend: freund freundin
my sister: schwester
my brother: bruder
my daughter: tochter
my son: sohn
grandma: oma grossmutter
grandpa: opa grossvater
neighbor: nachbar nachbarin
five: funf
six: sechs
my father: vater papa
my mother: mutter mama
: abend morgen nacht moin servus gruss grusse gesucht gewunscht hatten hattest brauchte bekomme bekam hast mag mogen machen macht gemacht geht ging gehen kommt kam zieht zog steht stand lassen lasst immer wieder bald spater zuerst dann dort drin drauf daran gar ziemlich total richtig eigentlich einfach besonders passt passend passende geeignet geeignete suchst findet finde finden wunscht wunschen moglichst sollten eins erste ersten erstes eigene eigenen eigenes nachste nachsten nachstes abends morgens nachts taglich dieses diese dieser diesen diesem jede jeder jedes solche solches angebot sortiment
thick: dick dicke dickes
thin: dunn dunne
quiet: leise
fast: schnell schnelle
heavy: schwer schwere
cheap: gunstige billige
expensive: kostspielig
boy: junge jungen
girl: madchen
toddler: kleinkind
newborn: neugeborene neugeborenes
parents: eltern
aunt: tante
uncle: onkel
husband: ehemann gatte
wife: ehefrau gattin
colleague: kollege kollegin kollegen
seven: sieben
eight: acht
ten: zehn
has: hat
needs: braucht sucht
still no: nicht-mal noch-kein noch-keine noch-keinen
`;
