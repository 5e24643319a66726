using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Pixels;

namespace RecordHub.Dicom.Deidentification;

/// <summary>What became of an instance.</summary>
public abstract record DeidentificationOutcome
{
    private DeidentificationOutcome()
    {
    }

    /// <summary>It can be given away.</summary>
    /// <param name="DataSet">The new data set; values that were not kept still have their place in the input.</param>
    /// <param name="Patient">Stands for the patient: the same for all instances of one, and for nobody else.</param>
    /// <param name="Pixels">Has to blank the pixels when the instance is written; null when nothing of them is blanked.</param>
    public sealed record Done(
        DicomDataSet DataSet, string Patient, DeidentificationCounts Counts, IReadOnlyList<DeidentificationWarning> Warnings,
        PixelBlanker? Pixels)
        : DeidentificationOutcome
    {
        /// <inheritdoc />
        public override string ToString() => nameof(Done);
    }

    /// <summary>It cannot; nothing of it may be given away.</summary>
    public sealed record Refused(DeidentificationRefusal Reason) : DeidentificationOutcome;
}
