using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Network;

/// <summary>The presentation contexts to propose for what is to be sent.</summary>
public static class ContextPlan
{
    /// <summary>The most contexts in one association: the odd numbers from 1 to 255 (PS3.8 §9.3.2.2).</summary>
    public const int MaxContexts = 128;

    /// <summary>The context of C-ECHO.</summary>
    public static IReadOnlyList<PresentationContext> Verification { get; } =
    [
        new(1, WellKnownUids.Verification, [WellKnownUids.ImplicitVrLittleEndian, WellKnownUids.ExplicitVrLittleEndian]),
    ];

    /// <summary>
    /// One context for each (SOP class, transfer syntax) in the order of first use, so that a peer refusing one leaves
    /// the others; split over as many associations as it takes.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<PresentationContext>> For(
        IEnumerable<(Uid SopClass, Uid TransferSyntax)> instances) =>
        [.. instances.Distinct().Chunk(MaxContexts).Select(chunk =>
            (IReadOnlyList<PresentationContext>)[.. chunk.Select((pair, i) =>
                new PresentationContext((byte)((2 * i) + 1), pair.SopClass, [pair.TransferSyntax]))])];
}
