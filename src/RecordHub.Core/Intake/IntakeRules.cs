using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Network;

namespace RecordHub.Core.Intake;

/// <summary>What each entrance takes. Pure.</summary>
internal static class IntakeRules
{
    /// <summary>The answer when the head alone decides; null when the bytes are to be read.</summary>
    internal static IntakeOutcome? AtHead(SniffedContent sniffed, ReadOnlySpan<byte> head, Source source)
    {
        if (head.IsEmpty && !TakesFiles(source.Door))
        {
            return new IntakeOutcome.Refused(RefusalReason.Empty, "There are no bytes");
        }

        if (TakesInstancesOnly(source.Door))
        {
            // The reader of the header has the last word on what the sender calls an instance.
            return sniffed.Kind == ContentKind.DicomDirectory ? NotUnderstood(sniffed.What) : null;
        }

        if (TakesFiles(source.Door) && Unread(sniffed, head, source.FileName, source.MediaType) is { } unread)
        {
            return NotUnderstood(unread);
        }

        return sniffed.Kind is ContentKind.NotRead or ContentKind.Unknown or ContentKind.NotARecord or ContentKind.DicomDirectory
            ? NotTaken(source.Door, sniffed.What)
            : null;
    }

    /// <summary>What is to be said of a file that may hold a record, or was meant to, and is not read; null of another.</summary>
    /// <remarks>For a door only: whose a record is, is read of everything that is inside it, whatever it is called.</remarks>
    internal static string? Unread(SniffedContent sniffed, ReadOnlySpan<byte> head, string? fileName, string? mediaType) =>
        sniffed.Kind == ContentKind.NotRead ? sniffed.What
        : MailStores.Recognise(head, fileName) ?? NamedAsRecord.Missing(sniffed, head.IsEmpty, fileName, mediaType);

    /// <summary>What the bytes are read as.</summary>
    internal static ContentKind KindAt(Door door, ContentKind sniffed) =>
        TakesInstancesOnly(door) ? ContentKind.DicomInstance : sniffed;

    /// <summary>The answer for bytes that looked like an instance and cannot be read as one; null when they are kept.</summary>
    /// <param name="source">Where they came from.</param>
    /// <param name="says">Whether the file says itself that it is DICOM: then it is kept, and becomes a rejected record, as does one whose name says
    /// that it is a record.</param>
    /// <param name="where">Where reading ended.</param>
    internal static IntakeOutcome? Unreadable(Source source, bool says, string where) =>
        TakesInstancesOnly(source.Door) ? NotUnderstood(where)
        : says || NamedAsRecord.Is(source.FileName, source.MediaType) ? null
        : NotTaken(source.Door, ContentSniffer.Unknown);

    /// <summary>The answer when the instance is not the one that the sender announced (PS3.4 §B.2.3); null when it is.</summary>
    internal static IntakeOutcome? Announced(
        Door door, SopReference? announced, string? sopClassUid, string? sopInstanceUid)
    {
        if (sopInstanceUid is null && TakesInstancesOnly(door))
        {
            return NotUnderstood("SOP Instance UID is missing or no UID");
        }

        if (announced is not { } named)
        {
            return null;
        }

        if (named.SopInstance.ToString() != sopInstanceUid)
        {
            return new IntakeOutcome.Refused(
                RefusalReason.DataSetDoesNotMatch, "SOP Instance UID differs from the command's");
        }

        return named.SopClass.ToString() == sopClassUid
            ? null
            : new IntakeOutcome.Refused(RefusalReason.DataSetDoesNotMatch, "SOP Class UID differs from the command's");
    }

    /// <summary>The answer when the instance is not of the study that the sender named (PS3.18 §10.5.1); null when it is.</summary>
    internal static IntakeOutcome? OfStudy(Uid named, Uid study) => named.IsNone || named == study
        ? null
        : new IntakeOutcome.Refused(RefusalReason.DataSetDoesNotMatch, "Study Instance UID differs from the path's");

    /// <summary>
    /// The answer when nobody could find the instance again, as it is in no study or series (type 1, PS3.3 §C.7.2.1, §C.7.3.1):
    /// who sends it keeps it then; null when it is in both.
    /// </summary>
    internal static IntakeOutcome? Placed(Door door, bool hasStudy, bool hasSeries)
    {
        if (!TakesInstancesOnly(door) || (hasStudy && hasSeries))
        {
            return null;
        }

        DicomTag offending = hasStudy ? DicomTags.SeriesInstanceUID : DicomTags.StudyInstanceUID;
        return new IntakeOutcome.Refused(
            RefusalReason.DataSetDoesNotMatch, $"{DicomDictionary.NameOf(offending)} is missing or no UID")
        {
            Offending = offending,
        };
    }

    private static bool TakesInstancesOnly(Door door) => door is Door.CStore or Door.Stow;

    private static bool TakesFiles(Door door) => door is Door.Import or Door.Upload or Door.Pull;

    private static IntakeOutcome NotTaken(Door door, string what) =>
        TakesFiles(door) ? new IntakeOutcome.Ignored(what) : NotUnderstood($"Not a record: {what}");

    private static IntakeOutcome.Refused NotUnderstood(string detail) => new(RefusalReason.NotUnderstood, detail);
}
