using System.IO.Pipelines;
using System.Xml;
using RecordHub.Core.Normalization.FhirInput;

namespace RecordHub.Server.Fhir;

/// <summary>Looks in the XML of a Bundle, while its bytes go by, for an entry whose method is not carried out.</summary>
internal sealed class XmlMethods : IAsyncDisposable
{
    private static readonly XmlReaderSettings s_settings = new()
    {
        Async = true,
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
    };

    private readonly Pipe _pipe = new();
    private readonly Task<MethodRefusal?> _reading;

    public XmlMethods() => _reading = ReadAsync(_pipe.Reader);

    /// <summary>Takes the next bytes; waits until the last ones have been looked at.</summary>
    public async ValueTask TakeAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        await _pipe.Writer.WriteAsync(bytes, cancellationToken);

    /// <summary>Why the whole is not taken, at its end; null when it is.</summary>
    public async ValueTask<MethodRefusal?> FinishAsync()
    {
        await _pipe.Writer.CompleteAsync();
        return await _reading;
    }

    public async ValueTask DisposeAsync() => await FinishAsync();

    private static async Task<MethodRefusal?> ReadAsync(PipeReader bytes)
    {
        try
        {
            using XmlReader reader = XmlReader.Create(bytes.AsStream(leaveOpen: true), s_settings);
            return await FindAsync(reader);
        }
        catch (XmlException)
        {
            // Broken: the normaliser says where.
            return null;
        }
        finally
        {
            // From here on, what is written is passed over.
            await bytes.CompleteAsync();
        }
    }

    private static async Task<MethodRefusal?> FindAsync(XmlReader reader)
    {
        string[] path = [string.Empty, string.Empty, string.Empty, string.Empty];
        string? type = null;
        MethodRefusal? first = null;
        int entry = -1;
        while (await reader.ReadAsync())
        {
            if (reader.NodeType != XmlNodeType.Element || reader.Depth >= path.Length)
            {
                continue;
            }

            path[reader.Depth] = reader.LocalName;
            entry += reader.Depth == 1 && path[1] == "entry" ? 1 : 0;
            if (reader.Depth == 1 && path[1] == "type")
            {
                type = reader.GetAttribute("value");
            }
            else if (reader.Depth == 3 && path is [_, "entry", "request", "method"]
                && reader.GetAttribute("value") is { } method && !FhirMethod.IsTaken(method))
            {
                first ??= new MethodRefusal(entry, method);
            }
        }

        return path[0] == "Bundle" && type == "transaction" ? first : null;
    }
}
