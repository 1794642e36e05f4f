-- Reads pages of 50 units of the article `long`; every hundredth request writes a unit over the tag that was seen last.
-- The units and their tags come in a file, `id tag` a line; the answers of writes bring the next tags.

local units, free, count, writes, wrong = {}, {}, 0, 0, 0
local secret, host = os.getenv("SECRET"), os.getenv("HOST")

function init(_)
  for line in io.lines(os.getenv("UNITS")) do
    local id, tag = line:match("^(%S+) (%S+)$")
    units[id] = tag
    free[#free + 1] = id
  end
  math.randomseed(1)
end

function request()
  count = count + 1
  if count % 100 == 0 and #free > 0 then
    local place = math.random(#free)
    local id = free[place]
    free[place] = free[#free]
    free[#free] = nil
    writes = writes + 1
    return wrk.format("PATCH", "/api/articles/long/units/" .. id, {
      ["Host"] = host, ["Origin"] = "http://" .. host, ["X-Enregard-Secret"] = secret,
      ["Content-Type"] = "application/json", ["If-Match"] = '"' .. units[id] .. '"',
    }, '{"en":"Load ' .. writes .. ' of ' .. id .. '."}')
  end
  return wrk.format("GET", "/api/articles/long/units?count=50&from=" .. math.random(0, 1950), { ["Host"] = host })
end

function response(status, _, body)
  if status ~= 200 then
    wrong = wrong + 1
    if wrong < 4 then io.stderr:write(status, " ", body:sub(1, 200), "\n") end
  elseif body:sub(1, 12) == '{"findings":' then
    local id, tag = body:match('"id":"(%w+)"'), body:match('"tag":"(%w+)"')
    units[id] = tag
    free[#free + 1] = id
    local en = body:match('"en":%["([^"]*)"%]')
    local out = io.open(os.getenv("WRITTEN"), "a")
    out:write(id, " ", en, "\n")
    out:close()
  end
end
