-- Drives Neovim without a screen: opens a text, waits for its diagnostics, makes the preferred fix of one of
-- them, waits until it is gone, and writes what it saw as JSON. Arguments: command, text, place of the result.
local command, text, result = vim.fn.json_decode(vim.env.TERMCHECK_COMMAND), vim.env.TERMCHECK_TEXT, vim.env.TERMCHECK_RESULT

local function wait(what, condition)
  if not vim.wait(60000, condition, 20) then
    error("no " .. what .. " in time")
  end
end

local function codes()
  local found = {}
  for _, one in ipairs(vim.diagnostic.get(0)) do
    table.insert(found, one.code or one.user_data.lsp.code)
  end
  table.sort(found)
  return found
end

local function run()
  vim.cmd("edit " .. vim.fn.fnameescape(text))
  local client = vim.lsp.start_client({ name = "termcheck", cmd = command, root_dir = vim.fn.fnamemodify(text, ":h") })
  vim.lsp.buf_attach_client(0, client)
  wait("diagnostics", function() return #vim.diagnostic.get(0) > 0 end)
  local seen = { before = codes() }

  local forbidden
  for _, one in ipairs(vim.diagnostic.get(0)) do
    if one.message:find("South Sea") then forbidden = one end
  end
  vim.api.nvim_win_set_cursor(0, { forbidden.lnum + 1, forbidden.col })
  local params = vim.lsp.util.make_range_params()
  params.context = { diagnostics = vim.lsp.diagnostic.get_line_diagnostics(0) }
  local answers = vim.lsp.buf_request_sync(0, "textDocument/codeAction", params, 60000)
  for _, answer in pairs(answers) do
    for _, action in ipairs(answer.result or {}) do
      if action.isPreferred then
        seen.action = action.title
        vim.lsp.util.apply_workspace_edit(action.edit, "utf-16")
      end
    end
  end
  wait("news", function() return #codes() < #seen.before end)
  seen.after = codes()
  seen.text = vim.api.nvim_buf_get_lines(0, 0, -1, false)
  return seen
end

local ok, seen = pcall(run)
local file = io.open(result, "w")
file:write(vim.fn.json_encode(ok and seen or { error = tostring(seen) }))
file:close()
vim.cmd("qa!")
