using RecordHub.Core.Identity;
using RecordHub.Core.Intake;

namespace RecordHub.Core.Normalization;

/// <summary>What is known of some bytes beside the bytes themselves.</summary>
public sealed record NormalizationContext
{
    /// <summary>SHA-256 of the whole blob.</summary>
    public required ContentHash Blob { get; init; }

    /// <summary>
    /// What makes it the same thing again (<see cref="ReceivedItem.Content"/>); drafts take their keys from it, so that the
    /// door does not matter.
    /// </summary>
    public required ContentHash Content { get; init; }

    /// <summary>The issuer to assume for identifiers that name none; used for the claim alone.</summary>
    public string? DefaultIssuer { get; init; }

    /// <summary>The referring site's configured name; null when the sender is not a known site.</summary>
    public string? Site { get; init; }

    /// <summary>The name given by the sender; a hint for reading, never content.</summary>
    public string? FileName { get; init; }

    /// <summary>The media type declared by the sender; a hint for reading, never content.</summary>
    public string? MediaType { get; init; }

    /// <summary>Where the data set begins in the blob; 0 when it is not DICOM.</summary>
    public long DataSetOffset { get; init; }

    /// <summary>Whether the door that they came by takes the files of an e-mail too, each as an item of its own.</summary>
    public bool TakesFilesOfMail { get; init; }

    /// <summary>Whether it takes what is in the archives among them too.</summary>
    public bool OpensArchivesOfMail { get; init; }

    /// <summary>The last day on which somebody in it can have been born; null when nobody says when it came.</summary>
    public PartialDate? LatestBirth { get; init; }

    /// <summary>How many records these bytes are inside of.</summary>
    public int Depth { get; init; }

    /// <summary>The context of a received item.</summary>
    public static NormalizationContext Of(ReceivedItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return new NormalizationContext
        {
            Blob = item.Blob,
            Content = item.Content,
            DefaultIssuer = item.Source.DefaultIssuer,
            Site = item.Source.Site,
            FileName = item.Source.FileName,
            MediaType = item.Source.MediaType,
            DataSetOffset = item.DataSetOffset,
            LatestBirth = PartialDate.LatestBirth(item.ReceivedAt),
            TakesFilesOfMail = item.Source.Door is Door.Import or Door.Upload,
            OpensArchivesOfMail = !item.Source.LeavesArchives,
        };
    }

    /// <summary>The type only: a file name may name a patient.</summary>
    public override string ToString() => nameof(NormalizationContext);
}
