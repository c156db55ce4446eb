/*
 * Numbers as text. Three oracles: Python's repr (David Gay's shortest digits) for the table below, glibc's
 * correctly rounded strtod and printf for what is made here, and literals, which the compiler reads.
 */
#include <criterion/criterion.h>

#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"

#define LENGTH(array) (sizeof(array) / sizeof *(array))
#define BIT(n) ((uint64_t)1 << (n))

static double double_of(uint64_t bits)
{
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

static uint64_t bits_of(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

/* Steele, Lea and Flood's SplitMix64. */
static uint64_t next_random(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

static double random_finite(uint64_t *state)
{
    for (;;) {
        double x = double_of(next_random(state));
        if (isfinite(x))
            return x;
    }
}

/* --- Printing --------------------------------------------------------------------------------- */

static const struct {
    double x;
    const char *text;
} literals[] = {
    {0.0, "0"},
    {-0.0, "0"},
    {1, "1"},
    {-1, "-1"},
    {10, "10"},
    {100, "100"},
    {0.5, "0.5"},
    {-2.75, "-2.75"},
    {0.1, "0.1"},
    {0.1 + 0.2, "0.30000000000000004"},
    {1 / 3.0, "0.3333333333333333"},
    {2 / 3.0, "0.6666666666666666"},
    {1e-6, "0.000001"},
    {1.5e-6, "0.0000015"},
    {0x1.0c6f7a0b5ed8cp-20, "9.999999999999997e-7"},
    {1e-7, "1e-7"},
    {1.5e-7, "1.5e-7"},
    {-1.5e-7, "-1.5e-7"},
    {123456789012345680000.0, "123456789012345680000"},
    {999999999999999900000.0, "999999999999999900000"},
    {1e20, "100000000000000000000"},
    {1e21, "1e+21"},
    {-1.25e21, "-1.25e+21"},
    {1e22, "1e+22"},
    {1e23, "1e+23"},
    {9007199254740991.0, "9007199254740991"},
    {9007199254740993.0, "9007199254740992"},
    {9007199254740994.0, "9007199254740994"},
    {18446744073709551615.0, "18446744073709552000"},
    {4294967296.5, "4294967296.5"},
    {DBL_MAX, "1.7976931348623157e+308"},
    {-DBL_MAX, "-1.7976931348623157e+308"},
    {DBL_MIN, "2.2250738585072014e-308"},
    {-2.2250738585072014e-308, "-2.2250738585072014e-308"},
    {5e-324, "5e-324"},
    {1e-323, "1e-323"},
    {1.5e-323, "1.5e-323"},
    {1267193, "1267193"},
    {44.8, "44.8"},
};

Test(base_number, print_literals)
{
    for (size_t k = 0; k < LENGTH(literals); k++) {
        char text[NUMBER_BYTES];
        size_t count = number_print(text, literals[k].x);
        cr_expect_str_eq(text, literals[k].text);
        cr_expect_eq(count, strlen(text), "%s: %zu", text, count);
    }
}

/* The values by python3 (3.11) as follows; the same by Node.js, whose String() is the layout's model:
 *
 *     import random, struct
 *     def es(x):  # repr's digits in ECMAScript's layout
 *         m, _, e = repr(x).partition("e")
 *         whole, _, part = m.partition(".")
 *         part = "" if part == "0" else part
 *         d = (whole + part).lstrip("0")
 *         n = len(d) + int(e or 0) - len(part)
 *         d = d.rstrip("0")
 *         k = len(d)
 *         if k <= n <= 21: return d + "0" * (n - k)
 *         if 0 < n <= 21: return d[:n] + "." + d[n:]
 *         if -6 < n <= 0: return "0." + "0" * -n + d
 *         return d[0] + ("." + d[1:] if k > 1 else "") + "e%+d" % (n - 1)
 *     def double(bits): return struct.unpack("d", struct.pack("Q", bits))[0]
 *     random.seed(2020)
 *     xs = [2.0**e for e in range(-1074, 1024, 29)] + [float("1e%d" % e) for e in range(-323, 309, 13)]
 *     xs += [double(b) for b in (2, 3, 9, 2**52 - 1, 2**52, 2**52 + 1, 0x7fefffffffffffff)]
 *     xs += [9007199254740991.0, 9007199254740992.0, 9007199254740994.0, 2.0**63, 2.0**64, 0.1 + 0.2]
 *     xs += [9.5367431640625e-07, 2.2250738585072011e-308, 5e-324, 1e21, 1e22, 1e23, 8.41e21, 9.109e-31]
 *     xs += [9.999999999999999e22, 1.7800590868057611e-307, 2.8480945388892175e-306, 4.35, 123456.7]
 *     xs += [double(random.getrandbits(52)) for _ in range(30)]
 *     xs += [double(random.getrandbits(63) % (0x7ff << 52)) for _ in range(70)]
 *     xs += [random.randrange(10**n) / 10**(n // 2) for n in range(2, 32)]
 *     for x in xs: print('{0x%016x, "%s"},' % (struct.unpack("Q", struct.pack("d", x))[0], es(x)))
 */
/* clang-format off */
static const struct {
    uint64_t bits;
    const char *text;
} table[] = {
    {0x0000000000000001, "5e-324"}, {0x0000000020000000, "2.65249474e-315"},
    {0x0070000000000000, "1.424047269444609e-306"}, {0x0240000000000000, "7.645295562778369e-298"},
    {0x0410000000000000, "4.1045368012983762e-289"}, {0x05e0000000000000, "2.203606415850622e-280"},
    {0x07b0000000000000, "1.1830521861667747e-271"}, {0x0980000000000000, "6.351463061309501e-263"},
    {0x0b50000000000000, "3.409915766259544e-254"}, {0x0d20000000000000, "1.8306845872749401e-245"},
    {0x0ef0000000000000, "9.828413039546407e-237"}, {0x10c0000000000000, "5.276589072053972e-228"},
    {0x1290000000000000, "2.8328471873628494e-219"}, {0x1460000000000000, "1.520873253036128e-210"},
    {0x1630000000000000, "8.165126103939127e-202"}, {0x1800000000000000, "4.383618698016806e-193"},
    {0x19d0000000000000, "2.3534373682645353e-184"}, {0x1ba0000000000000, "1.263492066235061e-175"},
    {0x1d70000000000000, "6.783321379043816e-167"}, {0x1f40000000000000, "3.641767935156351e-158"},
    {0x2110000000000000, "1.955159272639747e-149"}, {0x22e0000000000000, "1.0496681418073576e-140"},
    {0x24b0000000000000, "5.635362925894614e-132"}, {0x2680000000000000, "3.02546243347603e-123"},
    {0x2850000000000000, "1.6242827758820155e-114"}, {0x2a20000000000000, "8.720301752336693e-106"},
    {0x2bf0000000000000, "4.6816763546921983e-97"}, {0x2dc0000000000000, "2.513455854232436e-88"},
    {0x2f90000000000000, "1.349401336733507e-79"}, {0x3160000000000000, "7.24454326306137e-71"},
    {0x3330000000000000, "3.8893845486632136e-62"}, {0x3500000000000000, "2.088097429759528e-53"},
    {0x36d0000000000000, "1.1210387714598537e-44"}, {0x38a0000000000000, "6.018531076210112e-36"},
    {0x3a70000000000000, "3.2311742677852644e-27"}, {0x3c40000000000000, "1.734723475976807e-18"},
    {0x3e10000000000000, "9.313225746154785e-10"}, {0x3fe0000000000000, "0.5"},
    {0x41b0000000000000, "268435456"}, {0x4380000000000000, "144115188075855870"},
    {0x4550000000000000, "7.737125245533627e+25"}, {0x4720000000000000, "4.153837486827862e+34"},
    {0x48f0000000000000, "2.2300745198530623e+43"}, {0x4ac0000000000000, "1.1972621413014757e+52"},
    {0x4c90000000000000, "6.427752177035961e+60"}, {0x4e60000000000000, "3.450873173395282e+69"},
    {0x5030000000000000, "1.8526734277970591e+78"}, {0x5200000000000000, "9.946464728195733e+86"},
    {0x53d0000000000000, "5.339967589802275e+95"}, {0x55a0000000000000, "2.8668732699875894e+104"},
    {0x5770000000000000, "1.5391408670466593e+113"}, {0x5940000000000000, "8.263199609878108e+121"},
    {0x5b10000000000000, "4.436271510593304e+130"}, {0x5ce0000000000000, "2.3817051317718447e+139"},
    {0x5eb0000000000000, "1.2786682062094304e+148"}, {0x6080000000000000, "6.86479766013061e+156"},
    {0x6250000000000000, "3.6855101804897865e+165"},
    {0x6420000000000000, "1.9786432117848363e+174"},
    {0x65f0000000000000, "1.0622759856335342e+183"}, {0x67c0000000000000, "5.703050772027744e+191"},
    {0x6990000000000000, "3.061802069160839e+200"}, {0x6b60000000000000, "1.6437924692338667e+209"},
    {0x6d30000000000000, "8.82504362096318e+217"}, {0x6f00000000000000, "4.737909217226285e+226"},
    {0x70d0000000000000, "2.5436456424254815e+235"},
    {0x72a0000000000000, "1.3656093558537942e+244"}, {0x7470000000000000, "7.33155940312959e+252"},
    {0x7640000000000000, "3.936100983140359e+261"}, {0x7810000000000000, "2.113178124542661e+270"},
    {0x79e0000000000000, "1.134503866941668e+279"}, {0x7bb0000000000000, "6.090821257125e+287"},
    {0x7d80000000000000, "3.269984763141685e+296"}, {0x7f50000000000000, "1.7555597020139804e+305"},
    {0x0000000000000002, "1e-323"}, {0x000012688b70e62b, "1e-310"}, {0x0244ed8b04671da5, "1e-297"},
    {0x04f7cad23de82d7b, "1e-284"}, {0x07ab0c764ac6d3a9, "1e-271"}, {0x0a5ec033b40fea93, "1e-258"},
    {0x0d117ad428200c08, "1e-245"}, {0x0fc3df4a91a4dcb5, "1e-232"}, {0x12769794a160cb58, "1e-219"},
    {0x1529af2b7d0e0a2d, "1e-206"}, {0x17dd331a4b10d3f6, "1e-193"}, {0x1a90991a9bfa58c8, "1e-180"},
    {0x1d42deac01e2b4f7, "1e-167"}, {0x1ff573d68f903ea2, "1e-154"}, {0x22a8637f41fcad32, "1e-141"},
    {0x255bba08cf8c979d, "1e-128"}, {0x280f8587e7083e30, "1e-115"}, {0x2ac1eaff4a98553d, "1e-102"},
    {0x2d745ecfe5bf520b, "1e-89"}, {0x3027288e1271f513, "1e-76"}, {0x32da53fc9631d10d, "1e-63"},
    {0x358dee7a4ad4b81f, "1e-50"}, {0x3841039d428a8b8f, "1e-37"}, {0x3af357c299a88ea7, "1e-24"},
    {0x3da5fd7fe1796495, "1e-11"}, {0x4059000000000000, "100"},
    {0x430c6bf526340000, "1000000000000000"}, {0x45c027e72f1f1281, "1e+28"},
    {0x48725dfa371a19e7, "1e+41"}, {0x4b24e1878814c9ce, "1e+54"}, {0x4dd7bd29d1c87a19, "1e+67"},
    {0x508afcef51f0fb5f, "1e+80"}, {0x533eae8caef261ad, "1e+93"}, {0x55f170cb642b133f, "1e+106"},
    {0x58a3d3e2388029bb, "1e+119"}, {0x5b568a9c942f3ba3, "1e+132"}, {0x5e09a06d06e26112, "1e+145"},
    {0x60bd22573a28f19d, "1e+158"}, {0x63708f936baf85c1, "1e+171"}, {0x6622d3d6f88f0b3d, "1e+184"},
    {0x68d56785fbbdd55a, "1e+197"}, {0x6b88557f31326bbb, "1e+210"}, {0x6e3baa1e332d728f, "1e+223"},
    {0x70ef736f9b3494e9, "1e+236"}, {0x73a1e0b622c774d0, "1e+249"}, {0x7654531e58a03e8c, "1e+262"},
    {0x79071b42cc5cf601, "1e+275"}, {0x7bba44df832b8d46, "1e+288"}, {0x7e6ddd4baa009303, "1e+301"},
    {0x0000000000000003, "1.5e-323"}, {0x0000000000000009, "4.4e-323"},
    {0x000fffffffffffff, "2.225073858507201e-308"}, {0x0010000000000000, "2.2250738585072014e-308"},
    {0x0010000000000001, "2.225073858507202e-308"}, {0x7fefffffffffffff, "1.7976931348623157e+308"},
    {0x433fffffffffffff, "9007199254740991"}, {0x4340000000000000, "9007199254740992"},
    {0x4340000000000001, "9007199254740994"}, {0x43e0000000000000, "9223372036854776000"},
    {0x43f0000000000000, "18446744073709552000"}, {0x3fd3333333333334, "0.30000000000000004"},
    {0x3eb0000000000000, "9.5367431640625e-7"}, {0x444b1ae4d6e2ef50, "1e+21"},
    {0x4480f0cf064dd592, "1e+22"}, {0x44b52d02c7e14af6, "1e+23"}, {0x447c7e83209e90b2, "8.41e+21"},
    {0x39b279a9c8073d8b, "9.109e-31"}, {0x0040000000000000, "1.7800590868057611e-307"},
    {0x007fffffffffffff, "2.8480945388892175e-306"}, {0x4011666666666666, "4.35"},
    {0x40fe240b33333333, "123456.7"}, {0x0009e96f9ea2a536, "1.3784137068181797e-308"},
    {0x000ab9f02cad988e, "1.4916785315558515e-308"},
    {0x00076050c4baee47, "1.0257913720246154e-308"}, {0x00071468f218f762, "9.845571258664366e-309"},
    {0x0005e5f079629c87, "8.202457471904014e-309"}, {0x0006b581ef030a99, "9.330032125478875e-309"},
    {0x000288ea8b011a07, "3.52511336999806e-309"}, {0x0001777b9e120a4d, "2.039739116683585e-309"},
    {0x000cc03f7533d9b1, "1.773240388230013e-308"}, {0x000eae963d748647, "2.04178061547997e-308"},
    {0x00068e4335a75d8b, "9.116841063899446e-309"}, {0x000348e8ab9460d9, "4.56807700143906e-309"},
    {0x000261e69ac21292, "3.313169736235563e-309"}, {0x00073cd378b38662, "1.006512410056401e-308"},
    {0x000b4a671ae0206a, "1.570156154326429e-308"}, {0x00029659ab8bcf18, "3.59809150265625e-309"},
    {0x000ef0097dbb279f, "2.077335187743484e-308"}, {0x0009f21ddf7eedd4, "1.383129319097236e-308"},
    {0x000bf47389966c2c, "1.6625317927963713e-308"}, {0x000cd16c79bc8ba3, "1.782570841305134e-308"},
    {0x000715910a755cd0, "9.851854385493725e-309"}, {0x000d06370ca1ad09, "1.811248710043998e-308"},
    {0x000584e3e912182c, "7.675256875299605e-309"}, {0x000dafafecb193eb, "1.903311232700441e-308"},
    {0x0001f212378e34bb, "2.70567655824851e-309"}, {0x0008829ad7b6d749, "1.1834855245938593e-308"},
    {0x000e31d1b14ae9f3, "1.974002908102776e-308"}, {0x000ff34417f2a634, "2.2181563507334743e-308"},
    {0x0009ced5fa54e376, "1.3639636755562483e-308"},
    {0x000c065343525d92, "1.6722414630989796e-308"}, {0x13e57eb5f52c4154, "7.981229431887972e-213"},
    {0x5264ab2506b937b4, "8.223153667546434e+88"}, {0x2672bfcc8a003124, "1.772657654347901e-123"},
    {0x1e63187276c284bc, "2.6527926312669494e-162"}, {0x402f09ff4ea1da38, "15.519525964028716"},
    {0x501b1791a4280712, "7.842617326787222e+77"}, {0x1f526fe275b61ac0, "8.392931848318439e-158"},
    {0x053d032b83f119a6, "1.9510459213253208e-283"}, {0x6c197f7e9dcb8b02, "5.364923229328214e+212"},
    {0x4fc97ef685bc1130, "2.306429075964747e+76"}, {0x1ecaea2ead2e0182, "2.3930020405598665e-160"},
    {0x1f6e6729bbdf48d8, "2.76801499326977e-157"}, {0x69e3420591b26164, "1.1792774069258151e+202"},
    {0x25ab707de0864b01, "3.166844811211199e-127"}, {0x25eb23e5e93d3fbc, "5.011702695731077e-126"},
    {0x10661a60d7be8977, "1.1389517616690195e-229"}, {0x7ea37f79b9b6d543, "1.044611123070246e+302"},
    {0x317776386c47578d, "2.1246251733999447e-70"}, {0x62876cb99ef3d723, "4.316599870723271e+166"},
    {0x69a6e277d0cce26c, "8.758530046740346e+200"}, {0x14bc680b4a49549e, "8.640513570346434e-209"},
    {0x3983a89bb6376ae1, "1.2115563656766874e-31"}, {0x2cb4a7d2d850c8e3, "2.475587877776509e-93"},
    {0x0cb8e182a0cb187e, "2.224076132293151e-247"}, {0x74ce7f8916c27cf2, "4.4719851825168483e+254"},
    {0x48d8b76a3c202cd4, "8.612430983466925e+42"}, {0x46ef8eb43d5cd277, "5.120487026198482e+33"},
    {0x4558c012f8bc06b2, "1.1968505600025351e+26"}, {0x401a3b42cce53920, "6.557872010698958"},
    {0x5168a9ace691350e, "1.4972388649823067e+84"}, {0x401c2b940b8802d4, "7.042556934524971"},
    {0x11cc9b72190b4d6e, "6.182850163541776e-223"}, {0x7b8fe1ef0ed166b8, "1.5171166995000068e+287"},
    {0x1f244c025a5c0422, "1.1549474892312733e-158"}, {0x47a9d9f6e1581787, "1.718121781964357e+37"},
    {0x3a861dcafaf85308, "8.932734131911733e-27"}, {0x5a40cb5bda01d513, "5.684233587175087e+126"},
    {0x365b37851a8bfec4, "7.449016561067045e-47"}, {0x655b1717a04d6cf7, "1.7564253801289086e+180"},
    {0x1d2f5231ded51b72, "4.1496270943919327e-168"}, {0x6e91ee567db29be1, "4.148217017313076e+224"},
    {0x66cbbdf5cf5fe55d, "1.5088483533284521e+187"}, {0x567ca52556ee1641, "4.204639968870318e+108"},
    {0x0a48cc8a710aeee6, "4.032252230435502e-259"}, {0x282a428333c994ce, "3.3322940914796997e-115"},
    {0x03b06a3d59101dcd, "6.579684162617334e-291"}, {0x3d1218b3850dd658, "1.6072911227632934e-14"},
    {0x6e2086db99a7fbc2, "2.987000380557699e+222"}, {0x508c6ccad3f29cd2, "1.0532437287066345e+80"},
    {0x792b0251cd06e656, "4.6755804117931306e+275"},
    {0x6037d4819d7dbe20, "3.1950944090429436e+155"}, {0x6aa65fdf982280ca, "5.612036695799876e+205"},
    {0x44037d2aa561e851, "44938417555521544000"}, {0x3363b476c1a7affc, "3.832003890537197e-61"},
    {0x32355011f402d3a5, "7.905347219983227e-67"}, {0x79f6c0f7a891cfa3, "3.226781278402202e+279"},
    {0x55221a3940d05b0a, "1.267026128354886e+102"}, {0x51b585fdb70bed8a, "4.181284475203765e+85"},
    {0x2862a14711261728, "3.782546615177332e-114"}, {0x6b55720e1c653fae, "1.1016249100608663e+209"},
    {0x3d4a2494e9bc977f, "1.8575645720327876e-13"}, {0x4ce42f3be4434767, "2.5948202564613636e+62"},
    {0x328ce658eb7eb585, "3.4302494338677597e-65"}, {0x2eccf6768924cc09, "2.9817480814582216e-83"},
    {0x4cc65c3f3a0d8c19, "7.186336129844704e+61"}, {0x03733aafbe58d1ca, "4.81733033494327e-292"},
    {0x65ea516166e82d9d, "8.736520368953417e+182"}, {0x0fe0c245aa0d158e, "3.373325320529357e-232"},
    {0x41938afb470d4a6c, "81968849.76297921"}, {0x4e7f6c7654a9f0f7, "1.355489204185359e+70"},
    {0x4016cccccccccccd, "5.7"}, {0x4041f33333333333, "35.9"}, {0x402d800000000000, "14.75"},
    {0x4085ba28f5c28f5c, "695.27"}, {0x4060c8f5c28f5c29, "134.28"},
    {0x40bafd410624dd2f, "6909.254"}, {0x407817305532617c, "385.4493"},
    {0x4096551ad42c3c9f, "1429.2762"}, {0x40d4f1110f7b9e06, "21444.26657"},
    {0x4127878b670110a1, "771013.70118"}, {0x40d69b6365a57647, "23149.553079"},
    {0x414ac60f3664e486, "3509278.424954"}, {0x414e0fcb0d9fde57, "3940246.1064413"},
    {0x418b8476f6b61e1a, "57708254.8389246"}, {0x4185cac9d8557c5a, "45701435.04174109"},
    {0x41ac81fd379594b8, "239140507.79215026"}, {0x41ca937916a5775d, "891744813.2927052"},
    {0x41f08d533988b914, "4443157400.545185"}, {0x41daa3151f2e3083, "1787581564.721711"},
    {0x42237f16054b31cb, "41868264101.59725"}, {0x42210a7cba7b83be, "36595195197.75731"},
    {0x4269d235349b3b00, "887207077081.8438"}, {0x426bfb3f442ee52c, "961434755447.1616"},
    {0x428fb2d566fc64d9, "4356618117004.606"}, {0x4293d15980368d74, "5447467666851.363"},
    {0x42d3eab2beeb974f, "87594968526429.23"}, {0x42d636fbf39dcdb1, "97701644367670.77"},
    {0x430051c7745979cd, "574189589966649.6"}, {0x43042de78f2a3c2b, "709996512102277.4"},
    {0x432f6a912611fb7e, "4421447959772607"},
};
/* clang-format on */

Test(base_number, print_as_repr)
{
    for (size_t k = 0; k < LENGTH(table); k++) {
        char text[NUMBER_BYTES];
        double x = 0;
        number_print(text, double_of(table[k].bits));
        cr_expect_str_eq(text, table[k].text);
        cr_expect(number_parse(text, strlen(text), &x), "%s", text);
        cr_expect_eq(bits_of(x), table[k].bits, "%s read as %a", text, x);
    }
}

/* An assertion costs more than a number: only what is wrong makes one. */
static void expect_round_trip(double x)
{
    char text[NUMBER_BYTES], *end;
    size_t count = number_print(text, x);
    double read = strtod(text, &end), parsed = 0;
    bool parses = number_parse(text, count, &parsed);
    if (end != text + count || *end || bits_of(read) != bits_of(x))
        cr_assert_fail("%a printed as %s", x, text);
    if (!parses || bits_of(parsed) != bits_of(x))
        cr_assert_fail("%s parsed as %a", text, parsed);
}

Test(base_number, round_trip_of_random_bits)
{
    uint64_t state = 1;
    for (int k = 0; k < 1000000; k++)
        expect_round_trip(random_finite(&state));
}

Test(base_number, round_trip_of_random_fractions)
{
    uint64_t state = 2;
    for (int k = 0; k < 1000000; k++)
        expect_round_trip((double)(next_random(&state) >> 11) * 0x1p-53 - 0.5);
}

Test(base_number, round_trip_of_amounts)
{
    static const double units[] = {1, 10, 100, 1000, 1e6, 0x1p10};
    uint64_t state = 3;
    for (int k = 0; k < 1000000; k++) {
        uint64_t digits = next_random(&state) >> (next_random(&state) % 54 + 10);
        double x = (double)digits / units[next_random(&state) % LENGTH(units)];
        expect_round_trip(digits % 2 ? -x : x + 0.0);
    }
}

/* The neighbours on both sides too: where the interval is lopsided, and where the exponent changes. */
static void expect_neighbourhood(double x)
{
    uint64_t bits = bits_of(x);
    for (uint64_t k = bits < 3 ? 0 : bits - 3; k <= bits + 3; k++)
        if (isfinite(double_of(k)))
            expect_round_trip(double_of(k));
}

Test(base_number, round_trip_of_powers)
{
    for (int e = -1074; e < 1024; e++)
        expect_neighbourhood(ldexp(1, e));
    for (int e = -323; e < 309; e++) {
        char text[16];
        snprintf(text, sizeof text, "1e%d", e);
        expect_neighbourhood(strtod(text, NULL));
    }
}

Test(base_number, round_trip_of_subnormals)
{
    uint64_t state = 4;
    for (uint64_t bits = 1; bits < 20000; bits++)
        expect_round_trip(double_of(bits));
    for (int k = 0; k < 200000; k++)
        expect_round_trip(double_of(next_random(&state) >> (next_random(&state) % 52 + 12)));
}

/* The significant digits of a printed number; returns how many. */
static int significant(const char *text, char digits[32])
{
    int count = 0;
    for (; *text && *text != 'e'; text++)
        if (*text >= '0' && *text <= '9' && (count > 0 || *text != '0'))
            digits[count++] = *text;
    while (count > 0 && digits[count - 1] == '0')
        count--;
    digits[count] = '\0';
    return count;
}

/* One digit less, correctly rounded, does not read back; as many digits, correctly rounded, are ours.
 * Not asked of powers of two, whose nearest decimal may miss while one farther off reads back. */
Test(base_number, shortest_and_nearest_by_printf)
{
    uint64_t state = 5;
    for (int k = 0; k < 200000; k++) {
        double x = fabs(random_finite(&state));
        char text[NUMBER_BYTES], digits[32], expected[32], other[64];
        number_print(text, x);
        int count = significant(text, digits);
        if ((bits_of(x) & (BIT(52) - 1)) == 0)
            continue;
        snprintf(other, sizeof other, "%.*e", count - 1, x);
        significant(other, expected);
        if (strcmp(digits, expected) != 0)
            cr_assert_fail("%s, but %s is nearer", text, other);
        if (count == 1)
            continue;
        snprintf(other, sizeof other, "%.*e", count - 2, x);
        if (strtod(other, NULL) == x)
            cr_assert_fail("%s, but %s is enough", text, other);
    }
}

/* What is no number is not printed as one. */
Test(base_number, print_not_finite)
{
    static const double values[] = {INFINITY, -INFINITY, NAN};
    for (size_t k = 0; k < LENGTH(values); k++) {
        char text[NUMBER_BYTES];
        cr_expect_eq(number_print(text, values[k]), 4, "%zu", k);
        cr_expect_str_eq(text, "null");
    }
}

/* --- Reading ---------------------------------------------------------------------------------- */

/* Expected: the literal as the compiler reads it. */
#define LITERAL(literal)                                                                           \
    {                                                                                              \
#literal, literal                                                                          \
    }
static const struct {
    const char *text;
    double x;
} read[] = {
    LITERAL(0),
    LITERAL(7),
    LITERAL(-7),
    LITERAL(0.5),
    LITERAL(-0.5),
    LITERAL(0.0),
    LITERAL(-0.0),
    LITERAL(0e5),
    LITERAL(10),
    LITERAL(1.50),
    LITERAL(1e3),
    LITERAL(1E3),
    LITERAL(1e+3),
    LITERAL(1e-3),
    LITERAL(1e03),
    LITERAL(1.5e-7),
    LITERAL(0.1),
    LITERAL(0.30000000000000004),
    LITERAL(123456789.123456789),
    LITERAL(1267193),
    LITERAL(0.000000000000000000000000000001),
    LITERAL(1e22),
    LITERAL(1e23),
    LITERAL(1e-22),
    LITERAL(1e-23),
    LITERAL(9007199254740991.0),
    LITERAL(9007199254740992.0),
    LITERAL(9007199254740993.0), /* half-way: to the even one below */
    LITERAL(9007199254740995.0), /* half-way: to the even one above */
    LITERAL(9007199254740993.00000000000000000000000000000000001),
    LITERAL(900719925474099.3e1),
    LITERAL(9999999999999999999e0),
    LITERAL(18446744073709551615e0),
    LITERAL(18446744073709551616e0),
    LITERAL(99999999999999999999999e0),
    LITERAL(1.7976931348623157e308),
    LITERAL(1.7976931348623158e308), /* below half-way to the next power of two */
    LITERAL(17976931348623157e292),
    LITERAL(0.00000000017976931348623157e318),
    LITERAL(2.2250738585072011e-308),
    LITERAL(2.2250738585072012e-308),
    LITERAL(2.2250738585072014e-308),
    LITERAL(5e-324),
    LITERAL(2.4703282292062328e-324), /* just above half of the least */
};

Test(base_number, parse_literals)
{
    for (size_t k = 0; k < LENGTH(read); k++) {
        double x = 777;
        cr_expect(number_parse(read[k].text, strlen(read[k].text), &x), "%s", read[k].text);
        cr_expect_eq(bits_of(x), bits_of(read[k].x), "%s read as %a", read[k].text, x);
    }
}

/* Too small for any double: 0, as rounding says. */
Test(base_number, parse_to_zero)
{
    static const char *const texts[] = {
        "2.4703282292062327e-324",           "1e-400",
        "123456789e-9999999999999999999999", "0e99999999999999999999",
        "0.000e-99999999999999999999",       "0e400"};
    for (size_t k = 0; k < LENGTH(texts); k++) {
        double x = 777;
        cr_expect(number_parse(texts[k], strlen(texts[k]), &x), "%s", texts[k]);
        cr_expect_eq(bits_of(x), 0, "%s read as %a", texts[k], x);
    }
}

static const char *const refused[] = {
    "",
    "-",
    "+5",
    "--5",
    "-+5",
    ".5",
    "5.",
    "-.5",
    "5.e1",
    ".",
    "007",
    "-01",
    "00",
    "00.5",
    "0x10",
    "0X1",
    "0o7",
    "1_000",
    "1,5",
    "1 000",
    " 1",
    "1 ",
    "1\n",
    "1e",
    "1e+",
    "1e-",
    "e5",
    "1e5.0",
    "1e5e5",
    "1.2.3",
    "1-2",
    ".inf",
    "-.inf",
    "inf",
    "-inf",
    "Infinity",
    ".nan",
    "nan",
    "NaN",
    "1f",
    "1d",
    "1e1f",
    "0x1p3",
    "1e309",
    "-1e309",
    "1.7976931348623159e308",
    "17976931348623159e292",
    "1e99999999999999999999",
    "0.1e310",
    "\xd9\xa1",
    "1\xc2\xa0",
    "true",
    "null",
    "~",
    "12a",
    "1e 5",
    "1e--5",
};

Test(base_number, parse_refused)
{
    for (size_t k = 0; k < LENGTH(refused); k++) {
        double x = 777;
        cr_expect_not(number_parse(refused[k], strlen(refused[k]), &x), "'%s'", refused[k]);
        cr_expect_eq(x, 777, "'%s' wrote its output", refused[k]);
    }
}

/* Only the bytes given count, and a NUL among them is no digit. The block ends where the text does, so
 * that a sanitizer sees a look beyond. */
Test(base_number, parse_only_the_bytes_given)
{
    static const char text[] = "-12.5e17";
    static const double values[] = {0, 0, -1, -12, 0, -12.5, 0, -12.5e1, -12.5e17};
    for (size_t bytes = 0; bytes < sizeof text; bytes++) {
        char *exact = malloc(bytes ? bytes : 1);
        double x = 0;
        cr_assert_not_null(exact);
        memcpy(exact, text, bytes);
        cr_expect_eq(number_parse(exact, bytes, &x), values[bytes] != 0, "%zu bytes", bytes);
        cr_expect_eq(x, values[bytes], "%zu bytes: %g", bytes, x);
        free(exact);
    }
    double x;
    cr_expect_not(number_parse("12\0", 3, &x));
}

/* 1 as 1000...e-n and as 0.000...1en: any number of digits, and exponents far beyond those of doubles. */
Test(base_number, parse_long)
{
    static const size_t lengths[] = {18, 19, 20, 400, 799, 800, 801, 802, 2000, 100000};
    for (size_t k = 0; k < LENGTH(lengths); k++) {
        size_t n = lengths[k], count;
        char *text = malloc(n + 64);
        double x = 0;
        cr_assert_not_null(text);
        memset(text, '0', n);
        text[0] = '1';
        count = n + (size_t)sprintf(text + n, "e-%zu", n - 1);
        cr_expect(number_parse(text, count, &x) && x == 1, "%zu digits: %a", n, x);
        memset(text, '0', n);
        text[1] = '.';
        x = 0;
        count = n + (size_t)sprintf(text + n, "1e%zu", n - 1);
        cr_expect(number_parse(text, count, &x) && x == 1, "%zu noughts: %a", n, x);
        free(text);
    }
}

/* 2^53 + 1 lies half-way and goes down to the even; one last digit, however far off, lifts it. */
Test(base_number, parse_sees_the_last_digit)
{
    static const size_t noughts[] = {1, 10, 700, 767, 783, 784, 785, 786, 1000, 50000};
    static const char half_way[] = "9007199254740993.";
    for (size_t k = 0; k < LENGTH(noughts); k++) {
        size_t bytes = sizeof half_way - 1 + noughts[k];
        char *text = malloc(bytes + 1);
        double x = 0;
        cr_assert_not_null(text);
        memcpy(text, half_way, sizeof half_way - 1);
        memset(text + sizeof half_way - 1, '0', noughts[k]);
        cr_expect(number_parse(text, bytes, &x) && x == 0x1p53, "%zu noughts: %a", noughts[k], x);
        text[bytes] = '1';
        cr_expect(number_parse(text, bytes + 1, &x) && x == 0x1p53 + 2, "%zu noughts and 1: %a",
                  noughts[k], x);
        free(text);
    }
}

/* Half-way between neighbours, in all of up to 767 digits: to the even one; with a 1 behind, to the upper.
 * A long double, here and on arm64, holds the half exactly, and printf writes it exactly. */
Test(base_number, parse_half_ways)
{
    uint64_t state = 8;
    for (int k = 0; k < 10000; k++) {
        uint64_t lower = bits_of(fabs(random_finite(&state))) >> (k % 2 ? 0 : 11);
        if (!isfinite(double_of(lower + 1)))
            continue;
        char text[1500];
        long double half = ((long double)double_of(lower) + (long double)double_of(lower + 1)) / 2;
        size_t count = (size_t)snprintf(text, sizeof text, "%.1075Lf", half);
        double x = 0;
        cr_assert(number_parse(text, count, &x), "%s", text);
        cr_assert_eq(bits_of(x), lower + lower % 2, "%s read as %a", text, x);
        text[count++] = '1';
        cr_assert(number_parse(text, count, &x), "%s", text);
        cr_assert_eq(bits_of(x), lower + 1, "%s read as %a", text, x);
    }
}

Test(base_number, parse_random_texts_as_strtod)
{
    uint64_t state = 6;
    for (int k = 0; k < 500000; k++) {
        char text[96];
        int whole = (int)(next_random(&state) % 20), power = (int)(next_random(&state) % 700) - 350;
        uint64_t a = next_random(&state) >> (next_random(&state) % 60), b = next_random(&state);
        int count = k % 3 == 0   ? sprintf(text, "%llu.%0*llu", (unsigned long long)a, whole + 1,
                                           (unsigned long long)b)
                    : k % 3 == 1 ? sprintf(text, "-%llue%d", (unsigned long long)a, power)
                                 : sprintf(text, "%llu.%lluE%+d", (unsigned long long)a,
                                           (unsigned long long)b, power);
        double expected = strtod(text, NULL), x = 0;
        bool parsed = number_parse(text, (size_t)count, &x);
        if (parsed != isfinite(expected) || (parsed && bits_of(x) != bits_of(expected)))
            cr_assert_fail("%s: %a, %a", text, x, expected);
    }
}

/* The exact decimal of a double, by printf, reads as that double. */
Test(base_number, parse_exact_decimals)
{
    uint64_t state = 7;
    for (int k = 0; k < 10000; k++) {
        char text[1500];
        double expected = random_finite(&state), x = 0;
        int count = snprintf(text, sizeof text, "%.1074f", expected);
        cr_assert(number_parse(text, (size_t)count, &x), "%s", text);
        cr_assert_eq(bits_of(x), bits_of(expected), "%a, %a", x, expected);
    }
}

static const char *comma_locale(void)
{
    static const char *const names[] = {"de_DE.UTF-8", "de_DE.utf8", "de_DE",       "fr_FR.UTF-8",
                                        "fr_FR.utf8",  "fr_FR",      "nl_NL.UTF-8", "es_ES.UTF-8"};
    for (size_t k = 0; k < LENGTH(names); k++)
        if (setlocale(LC_ALL, names[k]) && strcmp(localeconv()->decimal_point, ",") == 0)
            return names[k];
    return NULL;
}

Test(base_number, no_locale_changes_a_number)
{
    if (!comma_locale())
        cr_skip_test("this machine has no locale with a decimal comma");
    for (size_t k = 0; k < LENGTH(table); k++) {
        char text[NUMBER_BYTES];
        double x = 0;
        number_print(text, double_of(table[k].bits));
        cr_expect_str_eq(text, table[k].text);
        cr_expect(number_parse(text, strlen(text), &x) && bits_of(x) == table[k].bits, "%s", text);
    }
    double x;
    cr_expect_not(number_parse("1,5", 3, &x));
    cr_expect(number_parse("123456789012345678901.5", 23, &x) && x == 123456789012345678901.5);
}
