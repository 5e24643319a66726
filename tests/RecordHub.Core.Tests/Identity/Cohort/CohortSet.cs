using RecordHub.Core.Cases;
using RecordHub.Core.Identity;
using RecordHub.Samples;

namespace RecordHub.Core.Tests.Identity.Cohort;

/// <summary>People with open cases, and records of them and of those who could be taken for them. The same for a seed.</summary>
internal sealed class CohortSet
{
    private const string Site = "2.25.3001";
    private const string OtherSite = "2.25.3002";

    private readonly SampleRandom _random;
    private readonly List<CohortRecord> _records = [];
    private readonly List<CohortPerson> _withCase = [];
    private int _people;

    private CohortSet(int seed) => _random = new SampleRandom(seed);

    internal IReadOnlyList<CohortRecord> Records => _records;

    internal IReadOnlyList<CohortPerson> WithCase => _withCase;

    internal static CohortSet Generate(int seed, int people)
    {
        CohortSet set = new(seed);
        for (int i = 0; i < people; i++)
        {
            CohortPerson person = set.Somebody();
            set._withCase.Add(person);
            set.AddOwn(person);
            set.AddOthers(person);
        }

        return set;
    }

    internal static CaseFile CaseOf(CohortPerson person) => new()
    {
        Number = new CaseNumber(person.Number + 1),
        Specialty = "oncology",
        Status = CaseStatus.Compiling,
        Question = "?",
        CreatedAt = DateTimeOffset.UnixEpoch,
        Patient = new CasePatient
        {
            Id = $"p{person.Number}",
            Name = new PersonName(person.Family, person.Given, Suffix: person.Suffix),
            BirthDate = person.BirthDate,
            Sex = person.Sex,
            Identifiers = [IdOf(person)],
        },
    };

    private static PatientIdentifier IdOf(CohortPerson person) => new(Site, person.Mrn);

    private CohortPerson Somebody() => CohortNames.Person(_random, _people++);

    // Errors are as frequent as they are found to be: most records say what is known.
    private void AddOwn(CohortPerson person)
    {
        Own(CohortClass.AsKnown, person, person.Claim());
        Own(CohortClass.AsKnown, person, person.Claim());
        Own(CohortClass.OtherWriting, person, Named(person, Writing(person.Family), Writing(person.Given)));
        switch (_random.Next(12))
        {
            case 0:
                Own(CohortClass.TypingError, person, _random.Next(2) == 0
                    ? Named(person, CohortErrors.TypingError(_random, person.Family), person.Given)
                    : Named(person, person.Family, CohortErrors.TypingError(_random, person.Given)));
                break;
            case 1:
                Own(CohortClass.NameComponentsSwapped, person, Named(person, person.Given, person.Family));
                break;
            case 2 when CohortErrors.ShortForm(person.Given) is { } given:
                Own(CohortClass.ShortForm, person, Named(person, person.Family, given));
                break;
            case 3 when person.Sex == AdministrativeSex.Female:
                Own(CohortClass.MarriedOrHyphenated, person, Married(person));
                break;
            case 4:
                AddCut();
                break;
            case 5 when CohortErrors.Swapped(person.BirthDate) is { } swapped:
                Own(CohortClass.DayAndMonthSwapped, person, person.Claim() with { BirthDate = swapped });
                break;
            case 6:
                Own(CohortClass.BirthDateDigit, person, person.Claim() with
                {
                    BirthDate = CohortErrors.Digit(_random, person.BirthDate),
                });
                break;
            case 7:
                Own(CohortClass.BirthDateMissing, person, person.Claim() with { BirthDate = null });
                break;
            case 8:
                Own(CohortClass.SexMissing, person, person.Claim() with { Sex = AdministrativeSex.Unknown });
                break;
            case 9:
                Own(CohortClass.IssuerMissing, person, person.Claim(), new PatientIdentifier(string.Empty, person.Mrn));
                break;
            case 10:
                Own(CohortClass.Placeholder, person, Named(person, _random.Pick(["TRAUMA", "UNKNOWN", "TEST"]), "X") with
                {
                    BirthDate = new PartialDate(person.BirthDate.Year, 1, 1),
                });
                break;
            default:
                Own(CohortClass.Anonymised, person, new PatientClaim { Names = [new PersonName("ANONYMOUS", "")] }, new("", "ANON"));
                break;
        }

        if (person.Native is { } native)
        {
            bool signs = native.Family[0] >= '⺀';
            Own(signs ? CohortClass.IdeographicGroup : CohortClass.OtherScript, person, person.Claim() with
            {
                Names = signs ? [new PersonName(person.Family, person.Given), native] : [native],
            });
        }
    }

    private void AddOthers(CohortPerson person)
    {
        string otherGiven = person.Given;
        while (otherGiven == person.Given)
        {
            otherGiven = _random.Next(2) == 0
                ? CohortNames.RareGiven(_random) : CohortNames.CommonGiven(_random, person.Sex);
        }

        switch (_random.Next(10))
        {
            case 0:
                Other(CohortClass.Twin, person, Relative(person) with { Given = otherGiven });
                break;
            case 1:
                Other(CohortClass.Sibling, person, Relative(person) with
                {
                    Given = otherGiven,
                    BirthDate = CohortNames.Date(_random),
                });
                break;
            case 2:
                CohortPerson parent = Relative(person) with { BirthDate = Earlier(person.BirthDate) };
                Other(CohortClass.ParentOfTheSameName, person, parent with { Suffix = _random.Next(2) == 0 ? "Sr" : null });
                break;
            case 3:
                CohortPerson common = Somebody() with
                {
                    Family = CohortNames.CommonFamily(_random),
                    Given = CohortNames.CommonGiven(_random, person.Sex),
                    Sex = person.Sex,
                    Native = null,
                };
                _withCase.Add(common);
                CohortPerson namesake = Relative(common);
                Other(CohortClass.NamesakeBornTheSameDay, common, namesake, IdOf(namesake));
                break;
            case 4:
                Other(CohortClass.Namesake, person, Relative(person) with { BirthDate = OtherDecade(person.BirthDate) });
                break;
            case 5:
                AddRomanisedAlike();
                break;
            case 6:
                CohortPerson stranger = Somebody();
                Other(CohortClass.SameNumberAtAnotherSite, person, stranger, new PatientIdentifier(
                    _random.Next(2) == 0 ? OtherSite : string.Empty, person.Mrn));
                break;
            case 7:
                Other(CohortClass.ReusedNumber, person, Somebody());
                break;
            case 8:
                AddTwinALetterOff();
                break;
            default:
                Other(CohortClass.SecondPatientOfADisc, person, Somebody());
                break;
        }
    }

    private void Own(CohortClass kind, CohortPerson person, PatientClaim claim, PatientIdentifier? identifier = null) =>
        _records.Add(new CohortRecord(kind, claim, person, person, identifier ?? IdOf(person)));

    // Who could be mistaken has a case of their own or none; their record carries the number of the one they are taken for.
    private void Other(
        CohortClass kind, CohortPerson takenFor, CohortPerson other, PatientIdentifier? identifier = null)
    {
        if (_random.Next(2) == 0)
        {
            _withCase.Add(other);
        }

        _records.Add(new CohortRecord(kind, other.Claim(), other, takenFor, identifier ?? IdOf(takenFor)));
    }

    private CohortPerson Relative(CohortPerson person)
    {
        int number = _people++;
        return person with { Number = number, Mrn = $"{100000 + number}" };
    }

    private void AddCut()
    {
        CohortPerson person = Somebody() with
        {
            Family = $"{CohortNames.RareFamily(_random)} {CohortNames.RareFamily(_random)} {CohortNames.RareFamily(_random)}",
            Given = $"{CohortNames.RareGiven(_random)} {CohortNames.RareGiven(_random)} {CohortNames.RareGiven(_random)} {CohortNames.RareGiven(_random)}",
        };
        string whole = $"{person.Family}^{person.Given}";
        string[] cut = (whole.Length > 64 ? whole[..64] : whole).Split('^');
        _withCase.Add(person);
        Own(CohortClass.CutAt64Characters, person, Named(person, cut[0], cut.Length > 1 ? cut[1] : string.Empty));
    }

    // Without the sex, which would tell some of them apart.
    private void AddTwinALetterOff()
    {
        (string given, string other) = CohortNames.TwinsALetterOff(_random);
        CohortPerson one = Somebody() with { Family = CohortNames.RareFamily(_random), Given = given, Native = null };
        CohortPerson twin = Relative(one) with { Given = other };
        _withCase.Add(one);
        _records.Add(new CohortRecord(
            CohortClass.TwinALetterOff, twin.Claim() with { Sex = AdministrativeSex.Unknown }, twin, one, IdOf(one)));
    }

    private void AddRomanisedAlike()
    {
        CohortPerson one = Somebody() with { Family = "Wang", Given = "Wei", Native = new PersonName("王", "伟") };
        CohortPerson other = Relative(one) with { Native = new PersonName("王", "薇") };
        _withCase.Add(one);
        _records.Add(new CohortRecord(
            CohortClass.RomanisedAlike, other.Claim() with { Names = [new PersonName("Wang", "Wei"), new PersonName("王", "薇")] },
            other, one, IdOf(other)));
    }

    private PatientClaim Married(CohortPerson person)
    {
        string married = CohortNames.RareFamily(_random);
        return _random.Next(3) switch
        {
            0 => Named(person, $"{person.Family}-{married}", person.Given),
            1 => Named(person, married, person.Given),
            _ => person.Claim() with
            {
                Names = [new PersonName(married, person.Given), new PersonName(person.Family, person.Given)],
            },
        };
    }

    private string Writing(string name) => CohortErrors.OtherWriting(_random, name);

    // A date one digit off, of the same name and number, is a typing error to any person who looks.
    private PartialDate OtherDecade(PartialDate date)
    {
        PartialDate other = CohortNames.Date(_random);
        return other.Year / 10 == date.Year / 10 ? other with { Year = other.Year - 20 } : other;
    }

    private PartialDate Earlier(PartialDate date) => new(date.Year - 20 - _random.Next(15), 1 + _random.Next(12), 1 + _random.Next(28));

    private static PatientClaim Named(CohortPerson person, string family, string given) =>
        person.Claim() with { Names = [new PersonName(family, given)] };
}
