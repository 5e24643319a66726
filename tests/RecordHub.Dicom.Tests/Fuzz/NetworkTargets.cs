using System.Buffers;
using RecordHub.Dicom.Network;
using RecordHub.Dicom.Tests.Network;

namespace RecordHub.Dicom.Tests.Fuzz;

/// <summary>PDUs one by one, and whole conversations with the acceptor.</summary>
internal static class NetworkTargets
{
    private const uint MaxBody = 1 << 20;

    public static FuzzTarget[] All() =>
    [
        new("pdu", 12, [.. SamplePdus.All, Conversation.Whole], (input, _) => ValueTask.FromResult(Pdus(input))),
        new("association", 5, [Conversation.Whole, SamplePdus.RequestBytes], AssociationAsync),
    ];

    private static string Pdus(byte[] input)
    {
        try
        {
            ReadOnlySequence<byte> buffer = new(input);
            int count = 0;
            while (PduReader.TryReadHeader(ref buffer, out PduHeader header))
            {
                if (header.Length > MaxBody || !PduReader.TryReadBody(ref buffer, header, out ReadOnlySequence<byte> body))
                {
                    return "short";
                }

                Body(header.Type, body);
                count++;
            }

            return count == 0 ? "short" : "read";
        }
        catch (AssociationException)
        {
            return "aborted";
        }
    }

    private static void Body(PduType type, ReadOnlySequence<byte> body)
    {
        switch (type)
        {
            case PduType.AssociateRequest:
                AssociatePduReader.ReadRequest(body);
                break;
            case PduType.AssociateAccept:
                AssociatePduReader.ReadAccept(body);
                break;
            case PduType.DataTransfer:
                while (PduReader.TryReadPdvHeader(ref body, (uint)body.Length, out PdvHeader pdv))
                {
                    ReadOnlySequence<byte> value = body.Slice(0, Math.Min(pdv.Length, body.Length));
                    CommandSet.Parse(value.ToArray());
                    body = body.Slice(value.End);
                }

                break;
        }
    }

    private static async ValueTask<string> AssociationAsync(byte[] input, Random random)
    {
        int split = random.Next(input.Length + 1);
        (AssociationSummary summary, byte[] reply) =
            await Conversation.PlayAsync(new RecordingHandler(), input[..split], input[split..]);
        Conversation.Split(reply);
        return summary.Ending.ToString();
    }
}
