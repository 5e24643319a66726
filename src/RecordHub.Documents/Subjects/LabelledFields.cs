using System.Text;
using RecordHub.Documents.Text;

namespace RecordHub.Documents.Subjects;

/// <summary>What labelled lines gave; a field that was given two different values makes the whole ambiguous.</summary>
internal sealed class LabelledFields
{
    private static readonly HashSet<string> s_particles = new(StringComparer.OrdinalIgnoreCase)
    {
        "von", "van", "der", "den", "de", "del", "la", "le", "di", "da", "dos", "du", "zu", "zur", "al", "el", "bin", "ben", "ter", "y",
    };

    private static readonly HashSet<string> s_titles = new(StringComparer.OrdinalIgnoreCase)
    {
        "mr", "mrs", "ms", "miss", "dr", "prof", "herr", "herrn", "frau", "m", "mme", "mlle", "sr", "sra", "med",
        "dhr", "mevr", "mw", "sig", "sig.ra", "signor", "signora", "don", "doña",
    };

    private readonly Dictionary<string, SubjectName> _names = [];
    private readonly Dictionary<string, SubjectName> _weakNames = [];
    private readonly HashSet<string> _families = [];
    private readonly HashSet<string> _givens = [];
    private readonly Dictionary<string, HashSet<string>> _identifiers = [];
    private readonly Dictionary<DateTime, DocumentDate> _born = [];
    private readonly List<int> _bornAt = [];
    private readonly List<(SubjectName Name, int Line)> _regarding = [];
    private readonly HashSet<string> _weakWords = [];
    private readonly HashSet<SubjectSex> _sexes = [];
    private bool _hasBeside;

    public bool Ambiguous => _names.Count > 1 || Born.Length > 1 || _families.Count > 1 || _givens.Count > 1
        || _identifiers.Values.Any(v => v.Count > 1) || _sexes.Count > 1;

    // 01/05/1970 says no more than a full date that it may mean.
    private DocumentDate[] Born =>
    [
        .. _born.Values.Where(date => !date.Readings.Any(reading => _born.Values
            .Any(other => other.Precision == DatePrecision.Day && DateOnly.FromDateTime(other.Local) == reading))),
    ];

    public void AddName(string value, bool strong)
    {
        if (!strong && IsName(value, 1) && EasternName.Find(value) is null)
        {
            _weakWords.Add(value);
        }

        if (Name(value) is { } name)
        {
            (strong ? _names : _weakNames).TryAdd(Key(name), name);
        }
    }

    /// <summary>Whom a letter is about: it counts where a birth date is near.</summary>
    public void AddRegarding(string value, int line)
    {
        if (Name(value) is { } name)
        {
            _regarding.Add((name, line));
        }
    }

    public void AddFamily(string value)
    {
        if (IsName(value, 1))
        {
            _families.Add(value);
        }
    }

    public void AddGiven(string value)
    {
        if (IsName(value, 1))
        {
            _givens.Add(value);
        }
    }

    public void AddIdentifier(string value, string label)
    {
        string id = value.Split(' ')[0].TrimEnd(',', ')');
        bool plausible = id.Length is >= 3 and <= 30 && id.Any(char.IsAsciiDigit)
            && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '/') && !FreeDate.TryParse(id, true, out _);
        if (plausible)
        {
            string type = label.StartsWith("M", StringComparison.OrdinalIgnoreCase) ? "MRN" : "PatientId";
            if (!_identifiers.TryGetValue(type, out HashSet<string>? values))
            {
                _identifiers[type] = values = [];
            }

            values.Add(id);
        }
    }

    public void AddBirthDate(string value, bool dayFirst, int line)
    {
        if (FreeDate.TryParse(value, dayFirst, out DocumentDate? date) && date.Local.Year is > 1880 and < 2200)
        {
            // Two that are known to the year may mean different days.
            DateTime key = date.Readings is [DateOnly day, ..] ? day.ToDateTime(TimeOnly.MaxValue) : date.Local;
            _born.TryAdd(key, date);
            _bornAt.Add(line);
        }
    }

    /// <summary>An age, or a number that identifies nobody here: who has one is a patient.</summary>
    public void AddBeside(string value) => _hasBeside |= value.Any(char.IsAsciiDigit);

    public void AddSex(string value)
    {
        SubjectSex? sex = value.Split(' ', ',', '(', '.')[0].ToLowerInvariant() switch
        {
            "f" or "female" or "w" or "weiblich" or "femme" or "féminin" or "feminin" or "mujer" or "femenino"
                or "femmina" or "femminile" or "donna" or "vrouw" or "vrouwelijk" or "hembra" or "ж" or "жен" or "женский" or "feminino" or "kvinna" or "kvinde" or "kvinne" or "kobieta" or "żeńska" or "žena" or "nainen"
                or "kadın" or "nő" or "θήλυ" or "γυναίκα" or "жіноча" or "女" or "女性" or "여" or "여자" or "여성" or "أنثى" or "נקבה" or "nữ" => SubjectSex.Female,
            "m" or "male" or "männlich" or "maennlich" or "homme" or "masculin" or "hombre" or "masculino" or "varón"
                or "maschio" or "maschile" or "uomo" or "man" or "mannelijk" or "м" or "муж" or "мужской" or "mand" or "mann" or "mężczyzna" or "męska" or "muž" or "mies" or "erkek" or "férfi"
                or "άρρεν" or "άνδρας" or "чоловіча" or "男" or "男性" or "남" or "남자" or "남성" or "ذكر" or "זכר" or "nam" => SubjectSex.Male,
            "divers" or "other" or "d" => SubjectSex.Other,
            _ => null,
        };
        if (sex is not null)
        {
            _sexes.Add(sex.Value);
        }
    }

    /// <summary>Null when nothing is said, or two things are.</summary>
    /// <param name="near">How many lines a birth date may be away from what a letter is about.</param>
    public DocumentSubject? ToSubject(int near)
    {
        if (Ambiguous)
        {
            return null;
        }

        SubjectName[] names = Names(near);
        DocumentDate? born = Born.FirstOrDefault();
        if (names.Length == 0 && _identifiers.Count == 0 && born is null)
        {
            return null;
        }

        return new DocumentSubject
        {
            Evidence = SubjectEvidence.LabelledText,
            Names = names,
            Identifiers = [.. _identifiers.Select(pair => new SubjectIdentifier(null, pair.Value.First(), pair.Key))],
            BirthDate = born,
            Sex = _sexes.Count == 1 ? _sexes.First() : null,
        };
    }

    private SubjectName[] Names(int near)
    {
        if (_names.Count > 0)
        {
            return [.. _names.Values];
        }

        if (_families.Count == 1 && _givens.Count == 1)
        {
            return [Of(_families.First(), _givens.First())];
        }

        // "Name:" or "Re:" alone may be anybody's: it counts only beside a birth date, a sex, an age or a number.
        if (_born.Count == 0 && _identifiers.Count == 0 && _sexes.Count == 0 && !_hasBeside)
        {
            return [];
        }

        SubjectName? weak = _weakWords.Count != 1 ? null : Beside(_weakWords.First());
        SubjectName[] found = weak is not null ? [weak] : _weakNames.Count == 1 ? [.. _weakNames.Values] : [];
        return found is not [] ? found
            : [.. _regarding.Where(one => _bornAt.Any(line => Math.Abs(line - one.Line) <= near)).Select(one => one.Name).DistinctBy(Key).Take(1)];
    }

    // "Name: Muster" beside "Vorname: Anna", "Nombre: Ana" beside "Apellidos: García": the other half of the name.
    private SubjectName? Beside(string word) => word.Contains(',', StringComparison.Ordinal) ? null
        : (_families.Count, _givens.Count) switch
        {
            (0, 1) when !Holds(word, _givens.First()) => Of(word, _givens.First()),
            (1, 0) when !Holds(word, _families.First()) => Of(_families.First(), word),
            _ => null,
        };

    private static bool Holds(string words, string part) =>
        part.Split(' ').All(word => words.Split(' ').Contains(word, StringComparer.OrdinalIgnoreCase));

    private static SubjectName Of(string family, string given) =>
        new() { Family = family, Given = [.. given.Split(' ', StringSplitOptions.RemoveEmptyEntries)] };

    /// <summary>"Family, Given" is split; other orders differ by country, so those stay whole in <see cref="SubjectName.Text"/>.</summary>
    private static SubjectName? Name(string value)
    {
        int bracket = value.IndexOf('(', StringComparison.Ordinal);
        string clean = (bracket > 0 ? value[..bracket] : value).Trim(' ', ',');
        List<string> words = [.. clean.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        string? prefix = null;
        while (words.Count > 1 && s_titles.Contains(words[0].TrimEnd('.')))
        {
            prefix = prefix is null ? words[0] : $"{prefix} {words[0]}";
            words.RemoveAt(0);
        }

        string name = string.Join(' ', words);
        if (EasternName.Find(name) is { } eastern)
        {
            return eastern;
        }

        if (!IsName(name, 2))
        {
            return null;
        }

        int comma = name.IndexOf(',', StringComparison.Ordinal);
        return comma > 0 && name.LastIndexOf(',') == comma
            ? new SubjectName
            {
                Family = name[..comma].Trim(),
                Given = [.. name[(comma + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)],
                Prefix = prefix,
            }
            : comma < 0 ? new SubjectName { Text = name, Prefix = prefix } : null;
    }

    /// <summary>Capitalised words, letters only: neither a sentence nor a number.</summary>
    private static bool IsName(string value, int leastWords)
    {
        string[] words = value.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        return words.Length >= leastWords && words.Length <= 6 && value.Length <= 80
            && words.All(w => s_particles.Contains(w)
                || (char.IsLetter(w[0]) && !char.IsLower(w[0]) && w.All(c => char.IsLetter(c) || IsMark(c) || c is '-' or '\'' or '\u2019' or '.')));
    }

    // Vowels of Indic letters, points of Hebrew and Arabic ones.
    private static bool IsMark(char c) => char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.NonSpacingMark
        or System.Globalization.UnicodeCategory.SpacingCombiningMark;

    private static string Key(SubjectName name)
    {
        string all = name.Text ?? $"{name.Family} {string.Join(' ', name.Given)}";
        StringBuilder plain = new();
        foreach (char accented in all)
        {
            char c = Accents.Fold(accented);
            if (c != '\0')
            {
                plain.Append(char.ToUpperInvariant(c));
            }
        }

        return string.Join(' ', plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
    }
}
