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
    };

    private readonly Dictionary<string, SubjectName> _names = [];
    private readonly Dictionary<string, SubjectName> _weakNames = [];
    private readonly HashSet<string> _families = [];
    private readonly HashSet<string> _givens = [];
    private readonly Dictionary<string, HashSet<string>> _identifiers = [];
    private readonly Dictionary<DateTime, DocumentDate> _born = [];
    private readonly HashSet<SubjectSex> _sexes = [];

    public bool Ambiguous => _names.Count > 1 || _born.Count > 1 || _families.Count > 1 || _givens.Count > 1
        || _identifiers.Values.Any(v => v.Count > 1) || _sexes.Count > 1;

    public void AddName(string value, bool strong)
    {
        if (Name(value) is { } name)
        {
            (strong ? _names : _weakNames).TryAdd(Key(name), name);
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

    public void AddBirthDate(string value, bool dayFirst)
    {
        if (FreeDate.TryParse(value, dayFirst, out DocumentDate? date) && date.Local.Year is > 1880 and < 2200)
        {
            _born.TryAdd(date.Local, date);
        }
    }

    public void AddSex(string value)
    {
        SubjectSex? sex = value.Split(' ', ',', '(')[0].ToLowerInvariant() switch
        {
            "f" or "female" or "w" or "weiblich" or "femme" or "féminin" or "feminin" or "mujer" or "femenino" => SubjectSex.Female,
            "m" or "male" or "männlich" or "maennlich" or "homme" or "masculin" or "hombre" or "masculino" or "varón" => SubjectSex.Male,
            "divers" or "other" or "d" => SubjectSex.Other,
            _ => null,
        };
        if (sex is not null)
        {
            _sexes.Add(sex.Value);
        }
    }

    public DocumentSubject? ToSubject()
    {
        if (Ambiguous)
        {
            return null;
        }

        // "Name:" alone may be anybody's: it counts only beside a birth date or a patient number.
        List<SubjectName> names = [.. _names.Values];
        if (names.Count == 0 && _families.Count == 1 && _givens.Count == 1)
        {
            names = [new SubjectName { Family = _families.First(), Given = [.. _givens.First().Split(' ', StringSplitOptions.RemoveEmptyEntries)] }];
        }
        else if (names.Count == 0 && _weakNames.Count == 1 && (_born.Count > 0 || _identifiers.Count > 0))
        {
            names = [.. _weakNames.Values];
        }

        if (names.Count == 0 && _identifiers.Count == 0)
        {
            return null;
        }

        return new DocumentSubject
        {
            Evidence = SubjectEvidence.LabelledText,
            Names = names,
            Identifiers = [.. _identifiers.Select(pair => new SubjectIdentifier(null, pair.Value.First(), pair.Key))],
            BirthDate = _born.Values.FirstOrDefault(),
            Sex = _sexes.Count == 1 ? _sexes.First() : null,
        };
    }

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
                || (char.IsLetter(w[0]) && !char.IsLower(w[0]) && w.All(c => char.IsLetter(c) || c is '-' or '\'' or '\u2019' or '.')));
    }

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
