"""What people call their zone beside its IANA name: our own table, facts only."""

from __future__ import annotations

RANK = tuple(
    """
    Asia/Kolkata Asia/Shanghai America/New_York Asia/Jakarta Asia/Karachi Africa/Lagos
    America/Sao_Paulo Asia/Dhaka Asia/Tokyo Africa/Addis_Ababa Asia/Manila Africa/Cairo
    America/Mexico_City Asia/Ho_Chi_Minh America/Chicago Europe/Moscow Asia/Tehran
    Europe/Istanbul Europe/Berlin Asia/Bangkok Africa/Kinshasa Europe/London Africa/Johannesburg
    Europe/Paris Africa/Dar_es_Salaam Europe/Rome Africa/Nairobi America/Los_Angeles
    Asia/Yangon America/Bogota Asia/Seoul Africa/Khartoum Europe/Madrid Africa/Algiers
    Africa/Kampala America/Argentina/Buenos_Aires Asia/Baghdad Asia/Kabul Europe/Warsaw
    Africa/Casablanca Europe/Kyiv Asia/Riyadh Asia/Tashkent America/Lima Africa/Luanda
    Africa/Lubumbashi Africa/Accra Asia/Kuala_Lumpur Africa/Maputo Asia/Kathmandu Africa/Abidjan
    America/Caracas Africa/Harare America/Denver Asia/Taipei Asia/Colombo Asia/Almaty
    Asia/Yekaterinburg Europe/Bucharest America/Santiago Asia/Makassar Europe/Amsterdam
    America/Toronto Asia/Damascus America/Guatemala Asia/Dubai Australia/Sydney Europe/Athens
    Europe/Lisbon Asia/Jerusalem Europe/Stockholm Asia/Baku America/Phoenix Asia/Singapore
    Asia/Omsk Asia/Novosibirsk Asia/Krasnoyarsk Asia/Vladivostok Asia/Irkutsk Europe/Samara
    Australia/Brisbane Australia/Melbourne Pacific/Port_Moresby America/La_Paz America/Havana
    Pacific/Auckland Australia/Perth Asia/Ulaanbaatar Asia/Beirut Asia/Yakutsk Asia/Amman
    Australia/Adelaide America/Halifax Pacific/Honolulu America/Anchorage America/Edmonton
    America/Vancouver America/Regina America/Winnipeg America/Manaus America/Panama
    America/Puerto_Rico America/Asuncion America/Montevideo Asia/Urumqi Pacific/Fiji Asia/Magadan
    Pacific/Noumea Pacific/Guadalcanal Asia/Kamchatka America/St_Johns Australia/Darwin
    Atlantic/Azores Atlantic/Cape_Verde America/Noronha America/Nuuk Pacific/Tongatapu
    Pacific/Apia Pacific/Kiritimati Pacific/Pago_Pago Pacific/Marquesas Pacific/Gambier
    Pacific/Norfolk Pacific/Chatham Australia/Lord_Howe Australia/Eucla America/Adak
    America/Miquelon Pacific/Easter Europe/Chisinau Atlantic/Canary Africa/Tripoli
    """.split()
)
"""The zones that most people live by, largest first; every clock on Earth is among them."""

RENAMED = {
    "Africa/Asmera": "Africa/Asmara",
    "Africa/Timbuktu": "Africa/Bamako",
    "America/Coral_Harbour": "America/Atikokan",
    "America/Virgin": "America/St_Thomas",
    "Antarctica/South_Pole": "Antarctica/McMurdo",
    "Atlantic/Jan_Mayen": "Arctic/Longyearbyen",
    "CST6CDT": "America/Chicago",
    "EST5EDT": "America/New_York",
    "Iceland": "Atlantic/Reykjavik",
    "MST7MDT": "America/Denver",
    "PST8PDT": "America/Los_Angeles",
    "Pacific/Ponape": "Pacific/Pohnpei",
    "Pacific/Truk": "Pacific/Chuuk",
    "Pacific/Yap": "Pacific/Chuuk",
}
"""Old names without a link, or with one to a zone far away that merely keeps the same time."""

CALLED = """
UTC: utc, gmt, z, coordinated universal, greenwich mean
Africa/Abidjan: yamoussoukro, bouake
Africa/Accra: kumasi, tamale
Africa/Addis_Ababa: አዲስ አበባ
Africa/Algiers: oran, algier, alger, الجزائر
Africa/Cairo: alexandria, giza, luxor, kairo, القاهرة
Africa/Casablanca: rabat, fes, fez, marrakesh, marrakech, tangier, agadir, الدار البيضاء
Africa/Dar_es_Salaam: dodoma, zanzibar, mwanza, arusha
Africa/Douala: yaounde
Africa/Harare: bulawayo
Africa/Johannesburg: sast, cape town, pretoria, durban, soweto, port elizabeth, gqeberha, joburg
Africa/Kampala: entebbe
Africa/Khartoum: omdurman, الخرطوم
Africa/Kinshasa: kananga
Africa/Lagos: wat, abuja, kano, ibadan, port harcourt, benin city, kaduna, enugu
Africa/Lubumbashi: mbuji mayi, goma, bukavu, kisangani
Africa/Lusaka: kitwe, ndola
Africa/Maputo: cat, beira, nampula
Africa/Nairobi: eat, mombasa, kisumu
Africa/Porto-Novo: cotonou
America/Argentina/Buenos_Aires: la plata, mar del plata
America/Argentina/Cordoba: rosario
America/Asuncion: ciudad del este
America/Bahia: salvador
America/Bogota: medellin, cali, barranquilla, cartagena, bucaramanga
America/Caracas: maracaibo, valencia, barquisimeto
America/Chicago: cst, cdt, ct, central, houston, dallas, san antonio, austin, fort worth,
 memphis, milwaukee, oklahoma city, nashville, minneapolis, st louis, new orleans, kansas city,
 omaha, tulsa, wichita, birmingham, madison, st paul, des moines, arlington
America/Costa_Rica: san jose
America/Denver: mst, mdt, mt, mountain, colorado springs, salt lake city, albuquerque, el paso,
 santa fe
America/Edmonton: calgary, banff
America/Fortaleza: natal, sao luis
America/Guatemala: guatemala city
America/Guayaquil: quito, cuenca
America/Halifax: ast, adt, atlantic
America/Havana: cst, cdt, la habana
America/La_Paz: santa cruz, cochabamba, sucre
America/Lima: arequipa, trujillo, cusco
America/Los_Angeles: pst, pdt, pt, pacific, la, l a, san francisco, sf, san diego, san jose,
 seattle, portland, sacramento, oakland, fresno, las vegas, reno, berkeley, palo alto, stanford,
 mountain view, cupertino, menlo park, santa clara, bay area, silicon valley, tacoma, long beach,
 irvine, santa cruz
America/Mexico_City: cst, guadalajara, puebla, leon, queretaro, ciudad de mexico, cdmx, toluca,
 tenochtitlan
America/New_York: est, edt, et, eastern, nyc, new york city, brooklyn, manhattan, queens, boston,
 philadelphia, washington, washington dc, miami, atlanta, orlando, tampa, charlotte, baltimore,
 pittsburgh, cleveland, columbus, cincinnati, buffalo, jacksonville, raleigh, richmond, newark,
 jersey city, princeton, new haven, cambridge, portland, hartford, providence, knoxville
America/Phoenix: mst, tucson, mesa, scottsdale
America/Port-au-Prince: port au prince
America/Santiago: valparaiso, concepcion
America/Santo_Domingo: santo domingo
America/Sao_Paulo: brt, rio, rio de janeiro, brasilia, belo horizonte, curitiba, porto alegre,
 campinas, goiania, florianopolis, vitoria, santos
America/St_Johns: nst, ndt, newfoundland
America/Toronto: ottawa, quebec city, hamilton, london ontario, waterloo, kitchener, mississauga
America/Vancouver: victoria, surrey, burnaby
America/Winnipeg: brandon
Asia/Almaty: astana, nur sultan, shymkent
Asia/Baghdad: mosul, erbil, basra, بغداد
Asia/Bangkok: ict, chiang mai, pattaya, กรุงเทพ
Asia/Dhaka: bst, chittagong, chattogram, khulna, ঢাকা
Asia/Dubai: gst, abu dhabi, sharjah, دبي
Asia/Ho_Chi_Minh: ict, hanoi, saigon, ho chi minh city, hcmc, da nang, haiphong, hà nội
Asia/Hong_Kong: hkt, kowloon, 香港
Asia/Jakarta: wib, bandung, surabaya, medan, semarang, yogyakarta, palembang
Asia/Jerusalem: ist, idt, tel aviv, haifa, תל אביב, ירושלים
Asia/Karachi: pkt, lahore, islamabad, faisalabad, rawalpindi, peshawar, hyderabad, multan, کراچی
Asia/Kathmandu: npt, pokhara
Asia/Kolkata: ist, delhi, new delhi, mumbai, bombay, bengaluru, bangalore, hyderabad, chennai,
 madras, ahmedabad, pune, surat, jaipur, lucknow, kanpur, nagpur, indore, bhopal, patna,
 vadodara, gurgaon, gurugram, noida, kochi, cochin, coimbatore, visakhapatnam, chandigarh, goa,
 karnataka, kerala, maharashtra, tamil nadu, telangana, thiruvananthapuram, trivandrum, mysore,
 mysuru, guwahati, bhubaneswar, varanasi, दिल्ली, मुंबई
Asia/Kuala_Lumpur: kl, penang, george town, johor bahru
Asia/Kuching: kota kinabalu
Asia/Makassar: wita, bali, denpasar, balikpapan
Asia/Manila: cebu, davao, quezon city
Asia/Novosibirsk: новосибирск
Asia/Riyadh: ast, jeddah, mecca, medina, dammam, الرياض
Asia/Seoul: kst, busan, incheon, daegu, daejeon, pusan, 서울
Asia/Shanghai: cst, beijing, peking, guangzhou, shenzhen, chengdu, tianjin, wuhan, xian,
 hangzhou, nanjing, suzhou, shenyang, dalian, qingdao, xiamen, kunming, changsha, zhengzhou,
 jinan, 北京, 上海, 深圳, 广州
Asia/Singapore: sgt, sg, 新加坡
Asia/Taipei: kaohsiung, taichung, hsinchu, 台北
Asia/Tashkent: bukhara
Asia/Tehran: mashhad, isfahan, esfahan, shiraz, tabriz, karaj, تهران
Asia/Tokyo: jst, osaka, kyoto, yokohama, nagoya, sapporo, fukuoka, kobe, hiroshima, 東京, 大阪
Asia/Yangon: mandalay, naypyidaw
Asia/Yekaterinburg: ekaterinburg, chelyabinsk, perm, ufa, tyumen, екатеринбург
Atlantic/Canary: las palmas, tenerife
Australia/Adelaide: acst
Australia/Brisbane: aest, gold coast, cairns
Australia/Perth: awst
Australia/Sydney: aest, aedt, canberra, newcastle, wollongong
Europe/Amsterdam: rotterdam, the hague, den haag, utrecht, eindhoven, delft, holland
Europe/Athens: eet, eest, eastern european, thessaloniki, αθηνα
Europe/Belgrade: novi sad
Europe/Berlin: cet, cest, met, central europe, central european, munich, munchen, hamburg,
 frankfurt, cologne, koln, stuttgart, dusseldorf, leipzig, dresden, hanover, hannover, nuremberg,
 nurnberg, bremen, essen, dortmund, bonn, heidelberg, karlsruhe, aachen, tubingen, freiburg,
 frankfurt am main, potsdam, deutschland
Europe/Brussels: antwerp, ghent, bruges, bruxelles, leuven
Europe/Bucharest: cluj, cluj napoca, timisoara, iasi, bucuresti
Europe/Copenhagen: aarhus, kobenhavn, odense
Europe/Dublin: ist, cork, galway
Europe/Helsinki: espoo, tampere, turku
Europe/Istanbul: trt, ankara, izmir, bursa, antalya, turkiye
Europe/Kyiv: kharkiv, kharkov, odesa, odessa, lviv, dnipro, київ, киев, харків, львів
Europe/Lisbon: wet, west, western european, porto, lisboa, braga, coimbra
Europe/London: bst, gmt, british, britain, uk, u k, gb, england, scotland, wales, great britain,
 northern ireland, manchester, birmingham, edinburgh, glasgow, liverpool, leeds, bristol,
 cambridge, oxford, cardiff, sheffield, newcastle, nottingham, belfast
Europe/Madrid: barcelona, valencia, seville, sevilla, malaga, bilbao, zaragoza, cordoba, granada
Europe/Minsk: минск
Europe/Moscow: msk, st petersburg, petersburg, kazan, nizhny novgorod, sochi, rostov on don,
 moskva, москва, санкт петербург, казань
Europe/Oslo: bergen, trondheim
Europe/Paris: lyon, marseille, toulouse, nice, bordeaux, lille, nantes, strasbourg, grenoble
Europe/Prague: brno, praha
Europe/Rome: milan, milano, naples, napoli, turin, torino, florence, firenze, venice, venezia,
 bologna, genoa, palermo, roma
Europe/Stockholm: gothenburg, goteborg, malmo, uppsala
Europe/Vienna: graz, linz, salzburg, innsbruck, wien
Europe/Warsaw: krakow, cracow, lodz, wroclaw, poznan, gdansk, katowice, warszawa
Europe/Zurich: geneva, basel, bern, lausanne, geneve, lugano
Pacific/Auckland: nzst, nzdt, nzt, wellington, christchurch, dunedin, hamilton
Pacific/Guam: chst
Pacific/Honolulu: hst
"""
"""Zone: its names; a name at two zones is ambiguous and becomes a suggestion of both."""

COUNTRIES = """
AE: uae, emirates
BA: bosnia
BO: plurinational state of bolivia
CD: drc, dr congo
CG: republic of the congo
CI: ivory coast
CV: cabo verde
CZ: czechia
ES: espana
IT: italia
KR: republic of korea
MK: macedonia
NL: nederland
PL: polska
RU: russian federation
SE: sverige
TL: timor leste
TT: trinidad
US: usa, u s a, u s, united states of america, america
VA: holy see, vatican
VN: viet nam
BR: brasil
"""
"""ISO 3166 code: what its country is called beside the name in the tz database."""

STATES = """
America/Anchorage: AK alaska
America/Boise: ID idaho
America/Chicago: AL alabama, AR arkansas, IL illinois, IA iowa, KS kansas, KY kentucky, LA
 louisiana, MN minnesota, MS mississippi, MO missouri, NE nebraska, ND north dakota, OK oklahoma,
 SD south dakota, TN tennessee, TX texas, WI wisconsin
America/Denver: CO colorado, MT montana, NM new mexico, UT utah, WY wyoming
America/Detroit: MI michigan
America/Edmonton: AB alberta
America/Halifax: NS nova scotia
America/Indiana/Indianapolis: IN indiana
America/Los_Angeles: CA california, NV nevada, OR oregon, WA washington
America/Moncton: NB new brunswick
America/New_York: CT connecticut, DE delaware, DC district of columbia, FL florida, GA georgia,
 KY kentucky, ME maine, MD maryland, MA massachusetts, NH new hampshire, NJ new jersey,
 NY new york, NC north carolina, OH ohio, PA pennsylvania, RI rhode island, SC south carolina,
 TN tennessee, VT vermont, VA virginia, WV west virginia
America/Phoenix: AZ arizona
America/Regina: SK saskatchewan
America/Toronto: ON ontario, QC quebec
America/Vancouver: BC british columbia
America/Winnipeg: MB manitoba
Pacific/Honolulu: HI hawaii
"""
"""Zone: states and provinces, each after the code that stands behind a city."""
