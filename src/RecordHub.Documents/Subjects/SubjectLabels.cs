using System.Text.RegularExpressions;

namespace RecordHub.Documents.Subjects;

/// <summary>The words before a patient's name, birth date, sex and number, in the languages of the letters that come.</summary>
internal static partial class SubjectLabels
{
    private const string Before = @"(?<![\p{L}\p{N}])";

    // A colon, with dots up to it or how the value is to be written before it ("(Last, First)", "(dd/mm/yyyy)"), or a tabulator.
    private const string After =
        @"(?:\s?\((?:(?:last|first|sur|family|given)[\w\s,/]{0,30}|[dmyjatg./\s-]{3,14})\))?(?:\s{0,2}[.\u2026_]{2,60})?\s{0,3}(?:[:=]\s{0,20}|\t+)";

    // Labels of several words, or that are nothing else, need no colon where a gap is between them and the value.
    private const string Explicit =
        @"(?<name>Patient(?:'s)?\s(?:Full\s)?Name|Name\sof\s(?:the\s)?Patient|Patientenname|Nom\sdu\spatient|Nombre\sdel?\s(?:la\s)?paciente|"
        + @"Nome\sd[oa]\spaciente|Nome\sdel(?:la)?\spaziente|Pati[ëe]ntnaam)"
        + @"|(?<born>Date\sof\sBirth|Birth\s?date|DOB|Geburtsdatum|Date\sde\snaissance|Fecha\sde\snacimiento|Data\sde\snascimento|Data\sdi\snascita|"
        + @"Geboortedatum|Дата\sрождения)|(?<id>MRN|Medical\sRecord\s(?:Number|No\.?)|Patient\s(?:ID|Number|No\.?)|Patienten-?(?:ID|Nr\.?|nummer))";

    // Who is somebody else though a name or a birth date follows: whoever treats the patient, and whoever belongs to them.
    private const string Treating =
        @"physician|doctor|provider|practitioner|consultant|surgeon|nurse|referr\p{L}+|referrer|GP|author|signed|signature|"
        + @"\p{L}*arzt(?:es)?|\p{L}*[äa]e?rztin|zuweise\p{L}*|einweise\p{L}*|[üu]e?berweise\p{L}*|behandle\p{L}*|operateur\p{L}*|unterschrift|"
        + @"m[ée]decin|docteur|chirurgien\p{L}*|infirmi[eè]re?|medico|chirurgo|m[ée]dico|m[ée]dica|cirujan[oa]|\p{L}*arts|chirurg|verwijzer|behandelaar|"
        + @"врач\p{L}*|доктор\p{L}*|хирург\p{L}*|медсестр\p{L}*";

    private const string Related =
        @"next\sof\skin|NOK|contact|mother|father|parent|guardian|spouse|husband|wife|partner|relative|carer|caregiver|brother|sister|son|daughter|"
        + @"angeh[öo]e?rige\p{L}*|\p{L}*mutter|\p{L}*vater|eltern|ehe(?:mann|frau|partner\p{L}*)|betreuer\p{L}*|vormund|bevollm[äa]e?chtigte\p{L}*|\p{L}*kontakt\p{L}*|"
        + @"bruder|schwester|sohn|tochter|m[èe]re|p[èe]re|conjoint\p{L}*|tuteur|tutrice|personne\sde\sconfiance|madre|padre|coniuge|tutore|parente|"
        + @"c[óo]nyuge|familiar|tutor\p{L}*|hij[oa]|moeder|vader|contactpersoon|naaste|familielid|voogd|"
        + @"мать|матери|мама|от[ец]ц?а?|родител\p{L}*|родственни\p{L}*|супруг\p{L}*|муж|жена|опекун\p{L}*|представител\p{L}*|контактн\p{L}*|сын|дочь|брат|сестра";

    /// <summary>
    /// Matches once: the first match of each includes that it is made ready, and on a busy machine a text would be held for the
    /// time that this takes.
    /// </summary>
    internal static void MakeReady()
    {
        foreach (Regex one in (Regex[])[All(), Others(), Born(), BornAfterName(), Gap(), CellStart()])
        {
            try
            {
                one.Match("Patient: x\tdoctor x, geb. am 01.01.1970");
            }
            catch (RegexMatchTimeoutException)
            {
                // It is ready all the same.
                continue;
            }
        }
    }

    /// <summary>Each label, with a group for what it is of.</summary>
    [GeneratedRegex(
        Before
        + @"(?:(?<name>Patient(?:'s|in|\(e\)|/in|e)?(?:\s{0,2}(?:Full\s)?Name)?|Name\sof\s(?:the\s)?Patient|Patientenname|Name\sd(?:es|er)\sPatient(?:en|in)|"
        + @"Nom\sdu\spatient|Nom\set\spr[ée]nom|Nom,?\spr[ée]nom|Paciente|Nombre\sdel?\s(?:la\s)?paciente|Nombre\sy\sapellidos|Apellidos\sy\snombre|"
        + @"Paziente|Nome\sdel(?:la)?\spaziente|Pati[ëe]nt(?:e|naam)?|Naam\s(?:van\sde\s)?pati[ëe]nt|"
        + @"Пациент(?:ка)?|Больн(?:ой|ая)|Ф\.?\s?И\.?\s?О\.?\s(?:пациент(?:а|ки)|больно(?:го|й))|" + MoreNames + ")"
        + @"|(?<whole>Name\s?(?:,|/|und|&)\s?Vornamen?|(?:Last|Family)\sname\s?[,/]\s?(?:first|given)\sname|Full\sname|Nom\s?/\s?pr[ée]noms?|"
        + @"Cognome\s?(?:e|,|/)\s?nome|Nome\s?(?:e|,|/)\s?cognome|Apellidos\s?[,/]\s?nombre|(?:Achter)?naam\s?(?:,|/|en)\s?voorna(?:am|men)|"
        + @"Ф\.?\s?И\.?\s?О\.?|Фамилия,?\sимя(?:,?\s(?:и\s)?отчество)?|" + MoreWholes + ")"
        + @"|(?<family>Last\sname|Family\sname|Surname|Nachname|Familienname|Nom\sde\sfamille|Apellidos?|Cognome|Achternaam|Geslachtsnaam|Фамилия|" + MoreFamilies + ")"
        + @"|(?<given>First\sname|Given\snames?|Forenames?|Vornamen?|Pr[ée]noms?|Voorna(?:am|men)|Имя(?:,?\s(?:и\s)?отчество)?|" + MoreGivens + ")"
        + @"|(?<weak>Name|Nom|Nombre|Nome|Naam|Namn|Navn|Nimi|Név)"
        + @"|(?<regarding>RE|Regarding|Betr(?:eff|ifft|\.)?|Concern(?:e|ant)|Objet|Oggetto|Asunto|Betreft)"
        + @"|(?<id>MRN|MR\s?No\.?|Medical\sRecord\s(?:Number|No\.?|\#)|Patient[\s-]?ID|Patient\s(?:Number|No\.?)|Patienten-?\s?(?:ID|Nr\.?|nummer)|Pat\.?-?(?:ID|Nr\.?)"
        + @"|Hospital\s(?:Number|No\.?|ID)|NHS\s(?:Number|No\.?)|IPP|NIP|N°\sde\sdossier|Num[ée]ro\sde\sdossier|N°\s(?:de\s)?patient|Num[ée]ro\s(?:de\s|du\s)?patient"
        + @"|NHC|N[º°]\s?de\shistoria(?:\scl[íi]nica)?|Historia\scl[íi]nica\sn[º°]?|N[úu]mero\sdel?\spaciente"
        + @"|ID\spaziente|Numero\s(?:del\s)?paziente|Codice\spaziente|Pati[ëe]nt(?:en)?-?\s?(?:nummer|nr\.?)"
        + @"|(?:№|Номер)\s?(?:истории\sболезни|медицинской\sкарты|амбулаторной\sкарты|карты|пациента)|(?:История\sболезни|Медицинская\sкарта)\s?№?|" + MoreNumbers + ")"
        + @"|(?<beside>" + MoreBesides + ")"
        + @"|(?<sex>Sex|Gender|Geschlecht|Sexe|Sexo|Sesso|Geslacht|Пол|" + MoreSexes + ")"
        + @"|(?<born>Date\sof\sBirth|Birth\s?date|D\.?O\.?B\.?|Born|Geburtsdatum|Geburtstag|Geb\.?-?\s?Dat(?:um|\.)|Geb\.?\sam|geboren\s(?:am|op)|Geb\.|"
        + @"Date\sde\snaissance|N[ée](?:\(e\)|e)?\sle|Fecha\sde\snacimiento|Fecha\snac\.?|F\.\s?nac\.?|Nacid[oa]\sel|"
        + @"Data\sdi\snascita|Nat[oa](?:/a)?\sil|Geboortedatum|Geb\.?datum|Дата\sрождения|Д\.\s?р\.|Родил(?:ся|ась)|" + MoreBirths + "))" + After
        + "|" + Before + "(?:" + Explicit + @")\s{2,40}(?=[\p{L}\p{N}])" + "|(?:" + Unspaced + ")" + After,
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 2000)]
    internal static partial Regex All();

    /// <summary>A word for somebody who is not the patient.</summary>
    [GeneratedRegex(
        @"(?<![\p{L}\p{N}])(?:" + Treating + "|" + Related + "|" + MoreOthers + @")(?!\p{L})", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 2000)]
    internal static partial Regex Others();

    // "Frau Anna Muster, geb. am 12.03.1965" and "Herrn Max Muster, *12.03.1965": letters in German are written so.
    [GeneratedRegex(
        @"(?:\b(?:Frau|Herrn?|Patientin|Patient(?:en?)?):?\s(?<person>\p{Lu}[\p{L}'.-]+(?:,?\s\p{L}[\p{L}'.-]+){1,4}),?\s)?[(]?"
        + @"(?:\bgeb(?:oren)?\.?(?:\sam)?|\*)\s?(?<date>\d{1,2}\.\s?\d{1,2}\.\s?(?:\d{4}))",
        RegexOptions.CultureInvariant, 500)]
    internal static partial Regex Born();

    /// <summary>A birth date after the name on a line whose label names the patient, or whom the letter is about.</summary>
    [GeneratedRegex(
        @"[\s,(](?:\*|(?:geb(?:oren)?\.?(?:\s(?:am|op))?|born(?:\son)?|D\.?O\.?B\.?|n[ée](?:\(e\)|e)?\sle|nat[oa]\sil|nacid[oa]\sel)\s?[:=]?)\s?"
        + @"(?<date>\d[^)\s]{3,15}|\d{1,2}\.?\s\p{L}{3,10}\.?\s\d{4})",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 500)]
    internal static partial Regex BornAfterName();

    /// <summary>Labels in languages, and words, with which a date begins with its day.</summary>
    [GeneratedRegex(@"naissance|\ble\b|nacimiento|nac|nacid|geb|nascita|\bil\b|nascim|nasc\.|urodz|naro[zd]|rodzen|f[øö]d|syntym|do[ğg]um|na[șşs]ter|γέννησης|рожд|народж|ражд|sinh|lahir|"
        + @"לידה|ميلاد|ولادة", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 500)]
    internal static partial Regex DayFirst();

    [GeneratedRegex(@"\s{2,}|\t|[|;]|\s[-–]\s", RegexOptions.CultureInvariant, 500)]
    internal static partial Regex Gap();

    /// <summary>Where a line, or a cell of a table, begins: what stands before is empty, a list mark, or ends in a gap.</summary>
    [GeneratedRegex(@"(?:^|\s{2}|[\t|;])[\s>•*-]*$", RegexOptions.CultureInvariant, 500)]
    internal static partial Regex CellStart();
}
