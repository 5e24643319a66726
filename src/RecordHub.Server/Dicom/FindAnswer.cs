using RecordHub.Core.Resources;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Json;
using RecordHub.Dicom.Network;

namespace RecordHub.Server.Dicom;

/// <summary>Writes a match as the identifier of a C-FIND response (PS3.4 §C.4.1.1.3). Pure.</summary>
internal static class FindAnswer
{
    // Written from what we are, or for the whole answer, whatever an instance says.
    private static readonly HashSet<DicomTag> s_ours =
    [
        DicomTags.SpecificCharacterSet, DicomTags.QueryRetrieveLevel, DicomTags.RetrieveAETitle,
        DicomTags.InstanceAvailability, DicomTags.TimezoneOffsetFromUTC,
    ];

    /// <summary>The attributes that were asked for, and those that every answer has.</summary>
    /// <param name="asked">The identifier of the request.</param>
    /// <param name="level">Its level.</param>
    /// <param name="match">What matched.</param>
    /// <param name="retrieveAeTitle">Where it can be retrieved from: by what title we were called.</param>
    public static FindMatch Of(DicomDataSet asked, InstanceLevel level, InstanceMatch match, string retrieveAeTitle)
    {
        DicomDataSet sample = DicomJsonReader.Read(match.Sample.Facts.Metadata) is [var first, ..] ? first : new DicomDataSet();
        DicomDataSet answer = new DicomDataSet()
            .Add(DicomTags.QueryRetrieveLevel, QueryLevels.NameOf(level))
            .Add(DicomTags.RetrieveAETitle, retrieveAeTitle)
            .Add(DicomTags.InstanceAvailability, "ONLINE");
        bool unsupported = false;
        foreach (DicomElement key in asked)
        {
            if (s_ours.Contains(key.Tag) || key.Tag.IsGroupLength || key.Tag.Group < 8)
            {
                continue;
            }

            bool supported = Answer(answer, key, level, match, sample);
            unsupported |= !supported || (HasValue(key) && !QueryKeys.IsMatched(key.Tag));
        }

        // A match without the unique keys of its level and of those above names nothing that could be retrieved.
        for (InstanceLevel one = InstanceLevel.Patient; one <= level; one++)
        {
            DicomTag unique = QueryLevels.UniqueKeyOf(one);
            if (!answer.Contains(unique) && sample.TryGet(unique, out DicomElement value))
            {
                answer.Add(value);
            }
        }

        return new FindMatch(answer, unsupported);
    }

    // Of a sequence: whether one of its items has a key with a value.
    private static bool HasValue(DicomElement key) =>
        key.IsSequence ? key.Items.Any(static item => item.Any(HasValue)) : key.ValueLength > 0;

    /// <summary>Adds one attribute, empty when there is none; false when it is not answered at this level.</summary>
    private static bool Answer(
        DicomDataSet answer, DicomElement key, InstanceLevel level, InstanceMatch match, DicomDataSet sample)
    {
        if (QueryAttributes.Computed(key.Tag, level, match) is { } computed)
        {
            answer.Add(key.Tag, computed);
            return true;
        }

        bool known = QueryAttributes.LevelOf(key.Tag) <= level;
        if (known && sample.TryGet(key.Tag, out DicomElement value))
        {
            answer.Add(value);
        }
        else if (key.Vr == DicomVr.SQ)
        {
            answer.Add(key.Tag, Array.Empty<DicomDataSet>());
        }
        else
        {
            answer.Add(key.Tag, key.Vr, ReadOnlyMemory<byte>.Empty);
        }

        return known;
    }
}
