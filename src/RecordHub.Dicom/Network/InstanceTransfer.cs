using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;

namespace RecordHub.Dicom.Network;

/// <summary>
/// On which context an instance goes out: as it is stored where that was accepted; otherwise, when it is uncompressed, in
/// an uncompressed little endian encoding.
/// </summary>
/// <param name="Context">The context.</param>
/// <param name="Instance">The instance as it is stored.</param>
public sealed record InstanceTransfer(AcceptedContext Context, RetrievedInstance Instance)
{
    /// <summary>The best of the contexts; null when none will do.</summary>
    internal static InstanceTransfer? Choose(IEnumerable<AcceptedContext> contexts, RetrievedInstance instance)
    {
        AcceptedContext? chosen = null;
        foreach (AcceptedContext context in contexts.Where(one => one.AbstractSyntax == instance.SopClassUid))
        {
            if (context.TransferSyntax == instance.TransferSyntax)
            {
                return new InstanceTransfer(context, instance);
            }

            if (UncompressedSyntaxes.CanBeRewritten(instance.TransferSyntax)
                && UncompressedSyntaxes.Written.Contains(context.TransferSyntax)
                && (chosen is null || context.TransferSyntax == UncompressedSyntaxes.Written[0]))
            {
                chosen = context;
            }
        }

        return chosen is null ? null : new InstanceTransfer(chosen, instance);
    }

    /// <summary>Says why there is no context for an instance, by the names of the standard.</summary>
    internal static StoreResponse NotAccepted(RetrievedInstance instance) => new(
        DimseStatus.SopClassNotSupported,
        $"Not accepted: {UidDictionary.NameOf(instance.SopClassUid)}, {UidDictionary.NameOf(instance.TransferSyntax)}");

    /// <summary>Opens the data set in the encoding of the context.</summary>
    /// <exception cref="InstanceException">Its bytes are not there, or cannot be read in another encoding.</exception>
    public async ValueTask<Stream> OpenAsync(CancellationToken cancellationToken)
    {
        if (Context.TransferSyntax == Instance.TransferSyntax)
        {
            return await Instance.OpenDataSet(cancellationToken).ConfigureAwait(false);
        }

        // A command cannot be taken back, so what cannot be converted is found out before it is sent.
        try
        {
            Stream trial = await OpenConvertedAsync(cancellationToken).ConfigureAwait(false);
            await using (trial.ConfigureAwait(false))
            {
                await trial.CopyToAsync(Stream.Null, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is DicomFormatException or InvalidDataException or IOException)
        {
            throw new InstanceException(
                DimseStatus.ProcessingFailure, "The stored data set cannot be converted to what was accepted");
        }

        return await OpenConvertedAsync(cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<Stream> OpenConvertedAsync(CancellationToken cancellationToken) =>
        await NativeConversionStream
            .OpenAsync(
                await Instance.OpenDataSet(cancellationToken).ConfigureAwait(false),
                TransferSyntax.Of(Instance.TransferSyntax),
                toExplicit: Context.TransferSyntax == TransferSyntax.ExplicitLittleEndian.Uid, cancellationToken)
            .ConfigureAwait(false);
}
