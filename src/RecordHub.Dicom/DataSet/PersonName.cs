namespace RecordHub.Dicom.DataSet;

/// <summary>One value of representation PN: up to three groups of five components (PS3.5 §6.2.1).</summary>
/// <remarks>A group that is absent is empty. The text of each group is as written, with its carets.</remarks>
public sealed record PersonName(string Alphabetic, string Ideographic, string Phonetic)
{
    public string FamilyName => Component(Alphabetic, 0);

    public string GivenName => Component(Alphabetic, 1);

    public string MiddleName => Component(Alphabetic, 2);

    public string Prefix => Component(Alphabetic, 3);

    public string Suffix => Component(Alphabetic, 4);

    /// <summary>Whether no group has text.</summary>
    public bool IsEmpty => Alphabetic.Length == 0 && Ideographic.Length == 0 && Phonetic.Length == 0;

    /// <summary>Splits a decoded value at its equals signs.</summary>
    public static PersonName Parse(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        string[] groups = value.Split('=', 3);
        return new PersonName(Group(groups, 0), Group(groups, 1), Group(groups, 2));
    }

    /// <summary>A component of a group, by its position: 0 family, 1 given, 2 middle, 3 prefix, 4 suffix.</summary>
    public static string Component(string group, int index)
    {
        ArgumentNullException.ThrowIfNull(group);
        string[] components = group.Split('^');
        return index >= 0 && index < components.Length ? components[index].Trim(' ') : string.Empty;
    }

    /// <summary>The value as DICOM writes it.</summary>
    public string ToDicom() => (Ideographic, Phonetic) switch
    {
        ("", "") => Alphabetic,
        (_, "") => $"{Alphabetic}={Ideographic}",
        _ => $"{Alphabetic}={Ideographic}={Phonetic}",
    };

    /// <summary>The type's name only: a person's name is never printed by accident.</summary>
    public override string ToString() => nameof(PersonName);

    private static string Group(string[] groups, int index) =>
        index < groups.Length ? groups[index].TrimEnd(' ', '\0') : string.Empty;
}
