namespace RecordHub.Documents.Subjects;

/// <summary>
/// The labels in further languages. Portuguese, Polish, Czech and Slovak, Swedish, Danish, Norwegian, Finnish, Turkish, Hungarian,
/// Romanian, Greek, Ukrainian, Bulgarian, Hebrew, Arabic, Persian, Hindi, Vietnamese, Indonesian, Chinese, Japanese, Korean.
/// </summary>
internal static partial class SubjectLabels
{
    private const string MoreNames =
        @"Nome\sd[oa]\s(?:paciente|utente|doente)|Utente|Doente|Pacjent(?:ka)?|Pacient(?:ka|ul|a)?|J?[Mm][ée]no\spacienta|"
        + @"Patientens\sna[mv]n|Patientna[mv]n|Pasient(?:ens\snavn|navn)?|Potilas|Potilaan\snimi|Hasta(?:n[ıi]n)?(?:\sad[ıi])?(?:\s(?:ve\s)?soyad[ıi])?|"
        + @"Beteg(?:\sneve)?|Páciens(?:\sneve)?|Numele\spacientului|Ασθεν(?:ής|ή)|(?:Ονοματεπώνυμο|Όνομα)\s(?:του\s|της\s)?ασθεν(?:ούς|ή)|"
        + @"Пацієнт(?:ка)?|Хвор(?:ий|а)|Име\sна\sпациента|(?:שם\s)?ה?מטופלת?|שם\sהחולה|(?:اسم\s)?المريضة?|نام\sبیمار|रोगी\sका\sनाम|मरीज\sका\sनाम|"
        + @"(?:Họ\s(?:và\s)?tên|Tên)\s(?:người\sbệnh|bệnh\snhân)|Nama\s(?:pasien|pesakit)|"
        + @"(?:患者|病人|病患|受检者|受檢者)(?:姓名|名字|氏名|名|様)?|受診者(?:氏名|名)?|환자\s?(?:성명|이름|명)?|수진자\s?(?:성명|명)?";

    private const string MoreWholes =
        @"Imi[ęe]\si\snazwisko|Nazwisko\si\simi[ęe]|Jméno\sa\spříjmení|Příjmení\sa\sjméno|Meno\sa\spriezvisko|Priezvisko\sa\smeno|"
        + @"Ad[ıi]\s?(?:ve|,|/)?\s?soyad[ıi]|Nume\s[șşs]i\sprenume|Ονοματεπώνυμο|П\.?\s?І\.?\s?Б\.?|Họ\s(?:và\s)?tên|姓名|氏名|お名前|성명|이름";

    private const string MoreFamilies = @"Nazwisko|Příjmení|Priezvisko|Efternamn|Efternavn|Etternavn|Sukunimi|Soyad[ıi]|Επώνυμο|Прізвище|Фамилно\sиме|Apelidos?";

    private const string MoreGivens = @"Imi[ęe]|Jméno|Förnamn|Fornavn|Etunimi|Prenume|Ім['’]я";

    private const string MoreNumbers =
        @"Prontu[áa]rio|Hasta\sno|病[历歷][号號][码碼]?|病案号|(?:患者|病人)(?:ID|番号|编号)|カルテ番号|환자\s?번호|등록\s?번호";

    private const string MoreSexes = @"Kön|Køn|Kjønn|Płeć|Pohlav(?:í|ie)|Sukupuoli|Cinsiyeti?|Φύλο|Стать|Sexul|Giới\stính|الجنس|מין";

    private const string MoreBirths =
        @"Data\sde\snasc(?:imento|\.)?|Nascid[oa]\sem|Data\surodzenia|Datum\snaroz(?:ení|\.)|Dátum\snarodenia|Födelse(?:datum|dag)|Född|Fødsels(?:dato|dag)|Født|"
        + @"Syntymä(?:aika|päivä)|Doğum\starihi|Szül(?:etési|\.)\s?(?:dátum|idő)(?:a|eje)?|Data\sna[șşs]terii|Ημ(?:ερομηνία|/νία|\.)?\s(?:γέννησης|γεννήσεως)|"
        + @"Дата\sнародження|Дата\sна\sраждане|תאריך\sלידה|تاريخ\sال(?:ميلاد|ولادة)|تاریخ\sتولد|जन्म\s?(?:तिथि|तारीख)|Ngày\s(?:tháng\snăm\s)?sinh|T(?:anggal|gl\.?)\slahir";

    // What is written without a blank before it. An age, and a number that is no record's, end what stands before them.
    private const string Unspaced =
        @"(?<sex>性[别別]|성별)|(?<born>出生(?:日期|年月日?)|生年月日|생년월일)|(?<beside>年[龄齢齡]|나이|연령|科[别別室]|住院号|門診號|门诊号)";

    // Numbers of citizens: whose they are is said by nobody's issuer here, but who has one is a patient.
    private const string MoreBesides = @"Person(?:nummer|nr\.?)|CPR(?:-?\s?(?:nr\.?|nummer))?|Fødselsnummer|Henkilötunnus|PESEL|Rodné\sčíslo|TC\s(?:kimlik\s)?no|TAJ(?:\sszám)?|CNP|ΑΜΚΑ|ЕГН|CPF";

    private const string MoreOthers =
        @"lekarz\p{L}*|lékař\p{L}*|lekár\p{L}*|läkare|læge|lege|lääkäri|hekim|orvos|medic(?:ul)?|ιατρός|γιατρός|лікар\p{L}*|лекар\p{L}*|\u0627?\u0644?طبيب|רופאה?|"
        + @"mãe|matka|ojciec|otec|rodič\p{L}*|förälder|pårörende|anhörig\p{L}*|äiti|μητέρα|πατέρας|мати|батько|майка|баща|医[师生師]|醫[師生]|主治医|担当医|母親?|父親?|家属|家屬|"
        + @"联系人|聯絡人|의사|주치의|보호자";
}
