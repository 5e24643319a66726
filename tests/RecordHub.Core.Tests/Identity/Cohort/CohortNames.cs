using RecordHub.Core.Identity;
using RecordHub.Samples;

namespace RecordHub.Core.Tests.Identity.Cohort;

/// <summary>Names of people who do not exist: common ones, rare ones made of syllables, and ones in other scripts.</summary>
internal static class CohortNames
{
    private static readonly string[] s_start = ["Bran", "Tor", "Vel", "Kar", "Mor", "Sten", "Ald", "Fer", "Gil", "Hal", "Lor", "Nor", "Pel", "Quin", "Ros", "Tal", "Und", "Wes", "Zan", "Dor"];
    private static readonly string[] s_middle = ["a", "e", "i", "o", "ü", "ö", "ä", "an", "en", "il", "or", "und", "ar", "el"];
    private static readonly string[] s_end = ["berg", "dal", "feld", "gard", "haven", "ström", "mark", "nes", "rup", "stad", "thal", "vik", "wald", "wick", "zier", "lund", "sson", "ette", "ini", "owicz"];
    private static readonly string[] s_givenStart = ["Al", "Bel", "Cor", "Dar", "El", "Fal", "Gar", "Hel", "Is", "Jor", "Kel", "Lin", "Mar", "Ner", "Or", "Per", "Ros", "Sil", "Tam", "Vir"];
    private static readonly string[] s_givenEnd = ["andis", "beth", "cius", "dine", "emar", "finn", "gard", "hilde", "ibert", "jana", "krina", "linde", "mund", "nora", "opher", "quist", "rike", "stan", "tria", "wyn"];
    private static readonly string[] s_commonFamilies = ["Smith", "Johnson", "Williams", "Brown", "Jones", "Garcia", "Miller", "Davis", "Müller", "Schmidt", "Schneider", "Hansen", "Nielsen", "Kim", "Nguyen", "Silva", "Rossi", "Martin", "Kowalski", "Novak"];
    private static readonly string[] s_commonWomen = ["Mary", "Patricia", "Jennifer", "Linda", "Elizabeth", "Barbara", "Susan", "Maria", "Anna", "Christina", "Christine", "Daniela", "Julia", "Emma"];
    private static readonly string[] s_commonMen = ["James", "John", "Robert", "Michael", "William", "David", "Thomas", "Daniel", "Hans", "Peter", "Jan", "Jon", "Julian", "Martin"];
    private static readonly string[] s_twins =
    [
        "Maria/Marina", "Mara/Maria", "Maria/Maira", "Marina/Martina", "Karina/Katrina", "Melina/Melinda", "Lara/Laura", "Nora/Norma",
        "Dana/Diana", "Luca/Lucia", "Elsa/Elisa", "Jana/Joana", "Marin/Martin", "Aron/Arno", "Marian/Marina", "Lian/Lina", "Mia/Lia",
        "Christine/Christiane", "Christine/Christina", "Christian/Christina", "Antonia/Antonina", "Daniel/Daniela", "Julia/Julian",
        "Jan/Jon", "Anna/Hanna", "Elena/Helena", "Leon/Leona", "Tim/Tom", "Ben/Sven", "Felix/Feliz", "Emil/Emilia", "Diana/Daina",
        "Josephine/Josephina", "Valentin/Valentina", "Michael/Michaela", "Gabriel/Gabriele", "Ramona/Romana", "Milena/Mirena",
    ];

    private static readonly (string Family, string Given, string NativeFamily, string NativeGiven)[] s_native =
    [
        ("Shcherbakov", "Yuriy", "Щербаков", "Юрий"), ("Zhuravlev", "Aleksey", "Журавлев", "Алексей"),
        ("Khrushchov", "Fyodor", "Хрущов", "Фёдор"), ("Tsvetkova", "Yelena", "Цветкова", "Елена"),
        ("Papadakis", "Theodoros", "Παπαδάκης", "Θεόδωρος"), ("Chatzis", "Spyros", "Χατζής", "Σπύρος"),
        ("Xenakis", "Fotini", "Ξενάκης", "Φωτεινή"), ("Masri", "Khalid", "المصري", "خالد"),
        ("Haddad", "Samir", "حداد", "سمير"), ("Najjar", "Layla", "نجار", "ليلى"),
    ];

    private static readonly (string Family, string Given, string NativeFamily, string NativeGiven)[] s_ideographic =
    [
        ("Wang", "Wei", "王", "伟"), ("Li", "Na", "李", "娜"), ("Zhang", "Min", "张", "敏"), ("Yamada", "Tarou", "山田", "太郎"),
        ("Kuroda", "Hanako", "黒田", "花子"), ("Kim", "Minjun", "김", "민준"), ("Ouyang", "Qian", "欧阳", "倩"),
    ];

    internal static CohortPerson Person(SampleRandom random, int number)
    {
        int kind = random.Next(20);
        AdministrativeSex sex = random.Next(2) == 0 ? AdministrativeSex.Female : AdministrativeSex.Male;
        (string family, string given, PersonName? native) = kind switch
        {
            < 6 => (random.Pick(s_commonFamilies), CommonGiven(random, sex), null),
            < 15 => (RareFamily(random), RareGiven(random), null),
            15 => ($"{random.Pick(["van der", "de", "von", "al-"])} {RareFamily(random)}", RareGiven(random), null),
            16 => ($"{RareFamily(random)} {RareFamily(random)}", $"{RareGiven(random)} {RareGiven(random)}", null),
            17 => ($"{RareFamily(random)}-{RareFamily(random)}", CommonGiven(random, sex), null),
            18 => Of(s_native[random.Next(s_native.Length)]),
            _ => Of(s_ideographic[random.Next(s_ideographic.Length)]),
        };
        return new CohortPerson
        {
            Number = number,
            Family = family,
            Given = given,
            Native = native,
            Sex = sex,
            BirthDate = Date(random),
            Mrn = $"{100000 + number}",
        };
    }

    internal static (string Given, string Other) TwinsALetterOff(SampleRandom random)
    {
        (string one, string other) = random.Pick(s_twins).Split('/') is [string a, string b] ? (a, b) : default;
        return random.Next(2) == 0 ? (one, other) : (other, one);
    }

    internal static PartialDate Date(SampleRandom random)
    {
        DateOnly date = new DateOnly(1935, 1, 1).AddDays(random.Next(80 * 365));
        return new PartialDate(date.Year, date.Month, date.Day);
    }

    internal static string RareFamily(SampleRandom random) =>
        random.Pick(s_start) + random.Pick(s_middle) + random.Pick(s_end);

    internal static string RareGiven(SampleRandom random) => random.Pick(s_givenStart) + random.Pick(s_givenEnd);

    internal static string CommonFamily(SampleRandom random) => random.Pick(s_commonFamilies);

    internal static string CommonGiven(SampleRandom random, AdministrativeSex sex) =>
        random.Pick(sex == AdministrativeSex.Female ? s_commonWomen : s_commonMen);

    private static (string Family, string Given, PersonName? Native) Of(
        (string Family, string Given, string NativeFamily, string NativeGiven) name) =>
        (name.Family, name.Given, new PersonName(name.NativeFamily, name.NativeGiven));
}
