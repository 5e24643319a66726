using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Network;

/// <summary>The presentation contexts to propose for what is to be sent.</summary>
public static class ContextPlan
{
    /// <summary>The most contexts in one association: the odd numbers from 1 to 255 (PS3.8 §9.3.2.2).</summary>
    public const int MaxContexts = 128;

    /// <summary>
    /// One context for each (SOP class, transfer syntax), so that a peer refusing one leaves the others; split over
    /// as many associations as it takes, a SOP class never over two.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<PresentationContext>> For(
        IEnumerable<(Uid SopClass, Uid TransferSyntax)> instances) => throw new NotSupportedException();
}
