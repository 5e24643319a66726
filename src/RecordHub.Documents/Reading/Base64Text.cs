using System.Buffers;
using System.Buffers.Text;

namespace RecordHub.Documents.Reading;

/// <summary>Base64 as documents carry it: with line ends and blanks in it, and padding left out or data cut off.</summary>
internal static class Base64Text
{
    /// <summary>False when it holds anything but base64. <paramref name="whole"/> is false when the last group is cut off.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, out byte[] bytes, out bool whole)
    {
        bytes = [];
        whole = true;
        byte[] packed = ArrayPool<byte>.Shared.Rent(text.Length + 4);
        try
        {
            int count = 0;
            int padding = 0;
            foreach (char c in text)
            {
                if (c <= ' ' || c is '\u00a0' or '\ufeff')
                {
                    continue;
                }

                if (c == '=')
                {
                    padding++;
                    continue;
                }

                // Data after padding means two pieces glued together, which has no one meaning.
                if (c > 127 || padding > 0)
                {
                    return false;
                }

                packed[count++] = (byte)(c switch { '-' => '+', '_' => '/', _ => c });
            }

            int extra = count % 4;
            if (extra == 1)
            {
                whole = false;
                count--;
                extra = 0;
            }
            else if (extra != 0 && padding == 0)
            {
                whole = false;
            }

            for (; extra is not 0 and < 4; extra++)
            {
                packed[count++] = (byte)'=';
            }

            byte[] decoded = new byte[Base64.GetMaxDecodedFromUtf8Length(count)];
            if (Base64.DecodeFromUtf8(packed.AsSpan(0, count), decoded, out int consumed, out int written) != OperationStatus.Done
                || consumed != count)
            {
                return false;
            }

            bytes = written == decoded.Length ? decoded : decoded[..written];
            return written > 0;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(packed, clearArray: true);
        }
    }
}
