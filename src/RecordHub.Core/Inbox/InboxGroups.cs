using RecordHub.Core.Intake;

namespace RecordHub.Core.Inbox;

/// <summary>Gathers held records by patient as claimed and by study; keeps one record of each study, not all. No I/O.</summary>
internal sealed class InboxGroups
{
    private readonly Dictionary<string, Patient> _byKey = new(StringComparer.Ordinal);
    private readonly List<Patient> _patients = [];

    /// <summary>How many records there were.</summary>
    internal int Records { get; private set; }

    /// <summary>Adds the next record, in the order in which they came.</summary>
    internal void Add(HeldRecord record)
    {
        string key = InboxKeys.PatientOf(record);
        if (!_byKey.TryGetValue(key, out Patient? patient))
        {
            _byKey[key] = patient = new Patient(record);
            _patients.Add(patient);
        }

        Records++;
        patient.Add(record);
    }

    /// <summary>The groups behind one, at most a number of them.</summary>
    internal InboxPage Page(RecordId? after, int count)
    {
        Patient[] left = [.. _patients.Where(one => after is not { } last || Compare(one.First.Id, last) > 0)];
        InboxPatient[] shown = [.. left.Take(count).Select(one => one.ToGroup())];
        return new InboxPage(shown, _patients.Count, Records, left.Length > shown.Length ? shown[^1].First.Id : null);
    }

    /// <summary>The group of a record; null when nothing of it is held.</summary>
    internal InboxPatient? Find(HeldRecord record) =>
        _byKey.TryGetValue(InboxKeys.PatientOf(record), out Patient? patient) ? patient.ToGroup() : null;

    private static int Compare(RecordId a, RecordId b)
    {
        int items = string.CompareOrdinal(a.Item.ToString(), b.Item.ToString());
        return items != 0 ? items : a.Part.CompareTo(b.Part);
    }

    private sealed class Patient(HeldRecord first)
    {
        private readonly Dictionary<string, Study> _byKey = new(StringComparer.Ordinal);
        private readonly List<Study> _studies = [];
        private int _count;

        internal HeldRecord First => first;

        internal void Add(HeldRecord record)
        {
            _count++;
            string key = InboxKeys.StudyOf(record);
            if (!_byKey.TryGetValue(key, out Study? study))
            {
                _byKey[key] = study = new Study(record);
                _studies.Add(study);
            }

            study.Count++;
            study.Reasons.Add(record.Reason);
        }

        internal InboxPatient ToGroup() => new()
        {
            First = first,
            Count = _count,
            Studies = [.. _studies.Select(study => new InboxStudy
            {
                First = study.First,
                Count = study.Count,
                Reasons = [.. study.Reasons.Order(StringComparer.Ordinal)],
            })],
        };
    }

    private sealed class Study(HeldRecord first)
    {
        internal HeldRecord First => first;

        internal int Count { get; set; }

        internal HashSet<string> Reasons { get; } = new(StringComparer.Ordinal);
    }
}
